// What was changed in a model in memory before it ran; the file on disk stays as it is.

export interface ModelChange {
  /** Id of the pass: `scatter-accumulate`, `inline-if`, `differentiate`, … */
  readonly pass: string;
  /** Nodes, tensors or dimensions that it touched. */
  readonly count: number;
  /** What a reader wants to know beside: names of nodes, sizes, versions. */
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
