// What a trace tells of single activities, for a timeline. Times in ms of CLOCK_MONOTONIC; `step` null: in no step.
// They come in no strict order, and before the trace is known to be sound: those of a hijacked one are to be thrown away.

export interface ActivityEvent {
  readonly pid: number;
  readonly kind: 'kernel' | 'copy' | 'memset';
  /** Demangled; of a copy its direction. */
  readonly name: string;
  readonly device: number;
  readonly context: number;
  readonly stream: number;
  readonly start: number;
  readonly end: number;
  readonly correlation: number;
  readonly step: number | null;
  /** Null of a kernel. */
  readonly bytes: number | null;
}

export interface CallEvent {
  readonly pid: number;
  readonly name: string;
  readonly thread: number;
  readonly start: number;
  readonly end: number;
  readonly correlation: number;
  readonly step: number | null;
}

export interface RangeEvent {
  readonly pid: number;
  readonly name: string;
  readonly thread: number;
  readonly start: number;
  /** As `start` for a mark; of a range that never ended, the last moment that was seen. */
  readonly end: number;
  readonly step: number | null;
  readonly mark: boolean;
}

export interface TraceSink {
  onActivity?(event: ActivityEvent): void;
  onApi?(event: CallEvent): void;
  onRange?(event: RangeEvent): void;
}
