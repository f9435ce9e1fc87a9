// What a caller may say about the repair of a model.

import type { ModelProto } from '../proto/onnx_pb.js';
import type { Probing } from './inline-if.js';
import type { Precision } from './precision-cast.js';

/** Whether `after` is no worse a model of the physics than `before`: the examination knows, this room does not. */
export type Judge = (before: ModelProto, after: ModelProto) => Promise<boolean> | boolean;

export interface RepairOptions extends Probing {
  /** Ids of passes that are not carried out. */
  readonly without?: readonly string[];
  /** Without one, only scatters that look like a sum of an exporter are changed. */
  readonly judge?: Judge;
  /** Where the model file is; without it external data stays where it is. */
  readonly path?: string;
  /** Operator set to raise to, 18 unless given. */
  readonly opset?: number;
  /** Sizes for named dimensions. */
  readonly pin?: Readonly<Record<string, number>>;
  readonly precision?: Precision;
}
