// How wide and how colorful a terminal is.

/** NO_COLOR (no-color.org) and pipes get plain text. */
export function terminal(stream: NodeJS.WriteStream = process.stdout): {
  readonly width: number;
  readonly color: boolean;
} {
  const { columns = 80, isTTY } = stream;
  return { width: Math.min(columns, 100), color: isTTY === true && !process.env.NO_COLOR };
}
