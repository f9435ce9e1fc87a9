// What an ONNX file says of itself, as plain data: tensors in and out, operators, parameters, metadata.

import { operatorCounts, reducesInScatterND, tensorsOf } from './graph.js';
import { printableName } from './printable-name.js';
import type { GraphProto, ModelProto, ValueInfoProto } from './proto/onnx_pb.js';
import { elementTypeName, isFloatType } from './tensor-type.js';

export interface TensorInfo {
  readonly name: string;
  /** `float32`, `int64`, …; `sequence`, `map`, … for what is not a tensor. */
  readonly type: string;
  /** Dimensions: numbers, or names of free ones (`?` where the file gives none); null where the file gives no shape. */
  readonly shape: readonly (number | string)[] | null;
}

export interface ModelSummary {
  /** What a caller feeds: inputs that an initializer already fills are left out. */
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Version of each operator set by domain; the standard one is `ai.onnx`. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly irVersion: number;
  readonly producer: string;
  readonly operators: ReadonlyMap<string, number>;
  /** Elements of floating-point initializers and constants. */
  readonly parameters: number;
  readonly precision: 'float32' | 'float64' | 'float16' | 'mixed';
  readonly metadata: Readonly<Record<string, string>>;
  /** It sums with ScatterND, which ONNX Runtime does wrongly on several threads (onnxruntime issues 18048, 23396). */
  readonly needsOneThread: boolean;
}

export function summarizeModel(model: ModelProto, graph: GraphProto): ModelSummary {
  const filled = new Set(graph.initializer.map((tensor) => tensor.name));
  const inputs = graph.input.filter((value) => !filled.has(value.name)).map(tensorInfo);
  const outputs = graph.output.map(tensorInfo);
  const weights = floatElements(graph);
  return {
    inputs,
    outputs,
    opsets: Object.fromEntries(
      model.opsetImport.map((set) => [set.domain || 'ai.onnx', Number(set.version)]),
    ),
    irVersion: Number(model.irVersion),
    producer: printableName(`${model.producerName} ${model.producerVersion}`.trim()),
    operators: operatorCounts(model),
    parameters: [...weights.values()].reduce((sum, count) => sum + count, 0),
    precision: precisionOf(weights, [...inputs, ...outputs]),
    metadata: Object.fromEntries(model.metadataProps.map((entry) => [entry.key, entry.value])),
    needsOneThread: reducesInScatterND(model),
  };
}

function tensorInfo(value: ValueInfoProto): TensorInfo {
  const type = value.type?.value;
  if (type?.case !== 'tensorType')
    return { name: value.name, type: type?.case?.replace('Type', '') ?? 'unknown', shape: null };
  const dims = type.value.shape?.dim.map(({ value: dim }) => {
    if (dim.case === 'dimParam') return dim.value || '?';
    return dim.case === 'dimValue' && dim.value >= 0n ? Number(dim.value) : '?';
  });
  return { name: value.name, type: elementTypeName(type.value.elemType), shape: dims ?? null };
}

function floatElements(graph: GraphProto): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tensor of tensorsOf(graph)) {
    const type = elementTypeName(tensor.dataType);
    if (!isFloatType(type)) continue;
    const size = tensor.dims.reduce((product, dim) => product * Number(dim), 1);
    counts.set(type, (counts.get(type) ?? 0) + size);
  }
  return counts;
}

/** The type of nearly all weights (a lone constant of another type changes nothing); without weights, that of the tensors. */
function precisionOf(
  weights: ReadonlyMap<string, number>,
  tensors: readonly TensorInfo[],
): ModelSummary['precision'] {
  const total = [...weights.values()].reduce((sum, count) => sum + count, 0);
  const types = [...weights].filter(([, count]) => count >= 0.01 * total).map(([type]) => type);
  const found = total >= 10 ? types : tensors.map((tensor) => tensor.type).filter(isFloatType);
  const [type, ...others] = new Set(found);
  return others.length === 0 && (type === 'float32' || type === 'float64' || type === 'float16')
    ? type
    : 'mixed';
}
