// One thing that a machine can measure, or not, as data; report/ has the words.

export interface Finding {
  readonly id: string;
  readonly state: 'ok' | 'limited' | 'unavailable';
  /** What was found, for the sentence of this id. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}
