// How wide and how colorful the terminal is.

/** NO_COLOR (no-color.org) and pipes get plain text. */
export function terminal(): { readonly width: number; readonly color: boolean } {
  const { columns = 80, isTTY } = process.stdout;
  return { width: Math.min(columns, 100), color: isTTY === true && !process.env.NO_COLOR };
}
