// Writes small ONNX files for tests: a graph is put together operator by operator.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { create, toBinary } from '@bufbuild/protobuf';
import { type Attributes, writeAttribute } from '../../src/onnx/attributes.js';
import { ModelProtoSchema, TensorProto_DataType } from '../../src/onnx/proto/onnx_pb.js';
import { tensorOf } from '../../src/onnx/tensor-values.js';

export type ElementType = 'float32' | 'float64' | 'int64' | 'int32' | 'bool';
type Dims = readonly (number | string)[];
type ModelInit = Extract<MessageInitShape<typeof ModelProtoSchema>, { graph?: unknown }>;
type GraphInit = Exclude<ModelInit['graph'], undefined>;

export interface ModelParts {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly opset?: number;
  readonly domains?: Readonly<Record<string, number>>;
  readonly irVersion?: number;
  /** Weights are kept in this file, which the caller writes or not. */
  readonly external?: string;
}

export interface GraphBuilder {
  input(name: string, type: ElementType, dims: Dims): string;
  /** An initializer; returns its name. */
  constant(type: ElementType, values: readonly number[], dims?: readonly number[], name?: string): string;
  /** A node of one output; returns the output's name. `domain:Type` for an operator that is not of the standard. */
  op(type: string, inputs: readonly string[], attributes?: Attributes): string;
  /** A node of several outputs. */
  ops(type: string, inputs: readonly string[], outputs: number, attributes?: Attributes): string[];
  /** `dims` null where not even the rank is told. */
  output(name: string, from: string, type: ElementType, dims: Dims | null): void;
  /** The bytes of the model file. */
  model(parts?: ModelParts): Uint8Array;
}

const dataTypes = {
  float32: TensorProto_DataType.FLOAT,
  float64: TensorProto_DataType.DOUBLE,
  int64: TensorProto_DataType.INT64,
  int32: TensorProto_DataType.INT32,
  bool: TensorProto_DataType.BOOL,
} as const;

export function createGraph(): GraphBuilder {
  const graph = {
    name: 'test',
    node: [] as object[],
    initializer: [] as object[],
    input: [] as object[],
    output: [] as object[],
  };
  let count = 0;
  const ops: GraphBuilder['ops'] = (type, inputs, outputs, attributes = {}) => {
    const [opType, domain] = type.split(':').reverse();
    const output = Array.from({ length: outputs }, () => `t${count++}`);
    const attribute = Object.entries(attributes).map(([name, value]) => writeAttribute(name, value));
    graph.node.push({ opType, domain: domain ?? '', input: [...inputs], output, attribute });
    return output;
  };
  return {
    input(name, type, dims) {
      graph.input.push(valueInfo(name, type, dims));
      return name;
    },
    constant(type, values, dims = [], name = `c${count++}`) {
      graph.initializer.push({
        name,
        dataType: dataTypes[type],
        dims: dims.map(BigInt),
        rawData: rawData(type, values),
      });
      return name;
    },
    op: (type, inputs, attributes) => ops(type, inputs, 1, attributes)[0]!,
    ops,
    output(name, from, type, dims) {
      graph.node.push({ opType: 'Identity', input: [from], output: [name] });
      graph.output.push(valueInfo(name, type, dims));
    },
    model({ metadata = {}, opset = 17, domains = {}, irVersion = 8, external } = {}) {
      const initializer =
        external === undefined ? graph.initializer : graph.initializer.map((t) => kept(t, external));
      return toBinary(
        ModelProtoSchema,
        create(ModelProtoSchema, {
          irVersion: BigInt(irVersion),
          producerName: 'mdbench-tests',
          producerVersion: '1',
          opsetImport: [
            { domain: '', version: BigInt(opset) },
            ...Object.entries(domains).map(([domain, version]) => ({ domain, version: BigInt(version) })),
          ],
          metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
          graph: { ...graph, initializer } as GraphInit,
        }),
      );
    },
  };
}

function kept(tensor: object, location: string): object {
  const { rawData: raw, ...rest } = tensor as { rawData: Uint8Array };
  const entries = { location, offset: '0', length: `${raw.length}` };
  return {
    ...rest,
    dataLocation: 1,
    externalData: Object.entries(entries).map(([key, value]) => ({ key, value })),
  };
}

function valueInfo(name: string, type: ElementType, dims: Dims | null): object {
  const dim = dims?.map((size) =>
    typeof size === 'number'
      ? { value: { case: 'dimValue', value: BigInt(size) } }
      : { value: { case: 'dimParam', value: size } },
  );
  return {
    name,
    type: {
      value: { case: 'tensorType', value: { elemType: dataTypes[type], ...(dim && { shape: { dim } }) } },
    },
  };
}

function rawData(type: ElementType, values: readonly number[]): Uint8Array {
  return new Uint8Array(tensorOf(type, values).data.buffer as ArrayBuffer);
}
