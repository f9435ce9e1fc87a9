// What was changed of a model file in memory before it ran, and where its forces come from.

import type { ModelPreparation } from '../../result/document.js';
import { counted } from '../format.js';

interface Change {
  readonly pass: string;
  readonly count: number;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export const forceSourceWords: Readonly<Record<ModelPreparation['forces'], string>> = {
  model: 'an output of the model',
  autodiff: '−∂E/∂positions, its graph differentiated by mdbench',
  'finite-difference': 'central differences of its energy, which is not for timing',
};

const sentences: Readonly<Record<string, (change: Change) => string>> = {
  'scatter-accumulate': ({ count }) =>
    `${counted(count, 'sum')} over neighbors kept only the last neighbor, a known fault of PyTorch's exporter (pytorch issue 111159): ${count === 1 ? 'it adds' : 'they add'} up now`,
  'scatter-nd': ({ count }) =>
    `${counted(count, 'sum')} by ScatterND, a data race in ONNX Runtime above one thread, written as ${count === 1 ? 'a sum' : 'sums'} of sorted rows`,
  'eye-like': ({ count }) =>
    `${counted(count, 'EyeLike node')} of a type that ONNX Runtime does not make, cast there and back`,
  'empty-reductions': ({ count }) =>
    `${counted(count, 'reduction')} given an axis from the front, because ONNX Runtime 1.30 reduces empty tensors along negative axes wrongly`,
  'inline-functions': ({ count }) => `${counted(count, 'call')} of functions of the model written out`,
  'inline-if': ({ count }) =>
    `${counted(count, 'If node')} that shapes alone decide replaced by the branch taken`,
  'opset-upgrade': ({ values }) =>
    `operators written as in opset ${values.to ?? '18'}${values.from ? ` instead of ${values.from}` : ''}`,
  'external-data': ({ count }) => `${counted(count, 'tensor')} taken in from the files beside the model`,
  'pin-dimensions': ({ count }) => `${counted(count, 'free dimension')} given a size`,
  'precision-cast': ({ count, values }) =>
    `${counted(count, 'tensor')} turned into ${values.to ?? 'another type'}`,
  front: ({ count, values }) =>
    `it takes positions, and ${counted(count, 'node')} in front of it compute ${listed(values.replaced)}`,
  differentiate: ({ count }) => `${counted(count, 'node')} added that compute the forces`,
};

/** One line for each change, without a full stop; a pass without a sentence is shown by its id and what it tells. */
export function describeChange(change: Change): string {
  const sentence = Object.hasOwn(sentences, change.pass) ? sentences[change.pass] : undefined;
  if (sentence) return sentence(change);
  const told = Object.entries(change.values).map(([name, value]) => `${name} ${listed(value)}`);
  return `${change.pass} ×${change.count}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
}

function listed(value: Change['values'][string] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : `${value ?? ''}`;
}
