// What was seen in a model and cannot, or need not, be mended: codes and values, the sentences are the report's.

export type LintId =
  /** ScatterND with a reduction: a data race in ONNX Runtime above one thread. */
  | 'scatter-nd-race'
  /** A scatter without reduction that may write to one place several times. */
  | 'scatter-overwrites'
  /** Inputs whose number of atoms or pairs is fixed in the file. */
  | 'fixed-dimensions'
  /** Shapes that the exporter wrote down as numbers although they follow the input. */
  | 'baked-shape-constants'
  /** Operators that the CPU computes in single precision only. */
  | 'no-double-kernel'
  /** Operators of domains that ONNX Runtime does not know. */
  | 'unknown-domain'
  /** Operators that ONNX Runtime has no CPU kernel for. */
  | 'no-cpu-kernel'
  /** Loop, Scan and sequences, which cannot be differentiated. */
  | 'loop'
  /** If nodes that stay. */
  | 'if-kept'
  /** A pass that could not be carried out, with the reason in its own words. */
  | 'pass-refused';

export interface Lint {
  readonly id: LintId;
  /** Nodes, tensors or dimensions that it concerns. */
  readonly count: number;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
