// What a rule of differentiation is: from the adjoints of what an operator returns to those of what it takes.

import type { NodeProto } from '../proto/onnx_pb.js';
import type { TensorValue } from '../tensor-values.js';
import type { Emitter } from './emitter.js';
import type { TensorFacts } from './tensor-facts.js';

/** One node to be differentiated. */
export interface Call {
  readonly node: NodeProto;
  /** Names of tensors; an optional one that is left out is ''. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** ∂E/∂output by output; null where the energy does not depend on it. */
  readonly adjoints: readonly (string | null)[];
  /** Whether ∂E/∂input is wanted; a rule may return null for the others and need not compute them. */
  readonly wanted: readonly boolean[];
  facts(tensor: string): TensorFacts;
  /** The value of a tensor that is a constant of the graph; null where it is computed from inputs. */
  constant(tensor: string): TensorValue | null;
  /**
   * The numbers of a constant that counts: axes, indices, sizes; null where it is computed from inputs.
   * @throws MdbenchError `not-differentiable` where they are not whole
   */
  integers(tensor: string): number[] | null;
}

export interface Rule {
  /** Operators of the standard domain (opset 18 or above) that it serves. */
  readonly operators: readonly string[];
  /** How many inputs, the first ones, have to be there; 1 unless given. */
  readonly required?: number;
  /**
   * What it does not choose gets the adjoint 0. Upstream of it, as long as nothing else adds to the adjoint, `emit.mul`
   * and `emit.div` take 0 times an infinite or undefined factor for 0.
   */
  readonly masks?: true;
  /**
   * Emits ∂E/∂input for each input, of the input's own shape and type (sum broadcasting back: `emit.sumTo`).
   * Null where nothing flows. Every shape that is not the same in all probes has to be found at run time.
   * @throws MdbenchError `not-differentiable` for a form that it does not serve, with the reason
   */
  pullBack(call: Call, emit: Emitter): readonly (string | null)[];
}
