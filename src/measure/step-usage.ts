// Times that this thread was taken off its processor: what a latency spike may come from.

export interface StepUsage {
  /** Context switches since the last reading. */
  read(): number;
}
