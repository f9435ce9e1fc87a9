// A binding after the element types of its model were changed.

import type { ModelSummary, TensorInfo } from '../../onnx/index.js';
import type { Binding } from './binding.js';

/** The same roles, with the types that the tensors have now. */
export function retypeBinding(binding: Binding, { inputs, outputs }: ModelSummary): Binding {
  const typed = <T extends { tensor: string; type: string }>(
    bound: readonly T[],
    tensors: readonly TensorInfo[],
  ) =>
    bound.map((one) => ({ ...one, type: tensors.find(({ name }) => name === one.tensor)?.type ?? one.type }));
  return { ...binding, inputs: typed(binding.inputs, inputs), outputs: typed(binding.outputs, outputs) };
}
