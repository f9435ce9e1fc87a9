// The clock of every measured time: ms, monotonic, nanosecond resolution where the system has it.

export const now: () => number = performance.now.bind(performance);

/** The date and time of a document, ISO 8601. */
export function timestamp(): string {
  return new Date().toISOString();
}
