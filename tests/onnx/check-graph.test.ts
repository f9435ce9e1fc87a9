// Files that contradict themselves are refused with a clear error before anything is done with them; files that are only
// out of order are put in order.

import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { readModel, readModelFile } from '../../src/onnx/index.js';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from '../../src/onnx/proto/onnx_pb.js';
import { floats, functionOf, graph, longs, model, node, run, scattered } from '../support/onnx-nodes.js';
import { modelFolder } from '../support/onnx-run.js';
import { thrownBy } from '../support/thrown.js';

const io = { inputs: { x: 'float32[n]' }, outputs: { y: 'float32' } };

function read(proto: ModelProto) {
  return readModel(toBinary(ModelProtoSchema, proto), 'm.onnx');
}

function refusal(proto: ModelProto): string {
  const error = thrownBy(() => read(proto));
  expect(error.code).toBe('damaged-onnx');
  expect(error.exitCode).toBe(2);
  return error.message;
}

function weighted(change: (tensor: TensorProto) => void): ModelProto {
  const proto = model({ nodes: [node('Add', 'x w', 'y')], ...io, weights: { w: scattered([2, 3]) } });
  change(proto.graph!.initializer[0]!);
  return proto;
}

describe('a tensor', () => {
  it.each<[string, RegExp, (tensor: TensorProto) => void]>([
    [
      'with bytes missing',
      /"w" of shape \[2,3\] and type float32 needs 24 bytes and has 20/,
      (t) => {
        t.rawData = t.rawData.slice(4);
      },
    ],
    [
      'with a negative size',
      /negative size/,
      (t) => {
        t.dims = [-2n, -3n];
      },
    ],
    [
      'of a huge shape',
      /needs 4611686018427388000 bytes/,
      (t) => {
        t.dims = [2n ** 30n, 2n ** 30n];
      },
    ],
    [
      'of a shape beyond all numbers',
      /needs Infinity bytes/,
      (t) => {
        t.dims = new Array(20).fill(2n ** 62n);
      },
    ],
    [
      'of no type',
      /has no type/,
      (t) => {
        t.dataType = 0;
      },
    ],
    [
      'with too few listed numbers',
      /needs 6 elements and has 2/,
      (t) => {
        t.rawData = new Uint8Array();
        t.floatData = [1, 2];
      },
    ],
    [
      'that is listed in the field of another type',
      /needs 6 elements and has 0/,
      (t) => {
        t.rawData = new Uint8Array();
        t.int64Data = [1n, 2n, 3n, 4n, 5n, 6n];
      },
    ],
  ])('%s is refused', (_, message, change) => {
    expect(refusal(weighted(change))).toMatch(message);
  });

  it('is looked for in constants, subgraphs, functions and what these take unless told', () => {
    const bad = create(TensorProtoSchema, { dims: [5n], dataType: 1 });
    const constant = node('Constant', '', 'c', { value: floats([1]) });
    constant.attribute[0]!.t = bad;
    const inner = graph({ nodes: [constant], outputs: { c: '' } });
    const choice = node('If', 'x', 'y', {}, { then_branch: inner, else_branch: inner });
    const body = functionOf({ name: 'F', inputs: ['v'], outputs: ['c'], nodes: [constant] });
    const call = node('own:F', 'x', 'y');
    const preset = functionOf({ name: 'F', inputs: ['v'], outputs: ['c'], nodes: [node('Neg', 'v', 'c')] });
    preset.attributeProto = constant.attribute;
    for (const proto of [
      model({ nodes: [choice], ...io }),
      model({ nodes: [call], ...io }, { functions: [preset], domains: { own: 1 } }),
      model({ nodes: [call], ...io }, { functions: [body], domains: { own: 1 } }),
    ])
      expect(refusal(proto)).toMatch(/needs 5 elements and has 0/);
  });
});

describe('a graph', () => {
  it('whose nodes are out of order is put in order, within branches too', () => {
    const branch = graph({ nodes: [node('Neg', 'p', 'q'), node('Exp', 'late', 'p')], outputs: { q: '' } });
    const proto = model({
      nodes: [
        node('Add', 'b late', 'y'),
        node('If', 'c', 'b', {}, { then_branch: branch, else_branch: branch }),
        node('Abs', 'x', 'late'),
      ],
      inputs: { x: 'float32[n]', c: 'bool' },
      outputs: { y: 'float32' },
    });
    const { graph: ordered } = read(proto);
    expect(ordered.node.map(({ output }) => output[0])).toEqual(['late', 'b', 'y']);
    expect(ordered.node[1]!.attribute[0]!.g!.node.map(({ output }) => output[0])).toEqual(['p', 'q']);
  });

  it('in order stays as it is', () => {
    const proto = model({
      nodes: [node('Exp', 'x', 'b'), node('Neg', 'x', 'a'), node('Add', 'a b', 'y')],
      ...io,
    });
    expect(read(proto).graph.node.map(({ output }) => output[0])).toEqual(['b', 'a', 'y']);
  });

  it.each<[string, RegExp, ModelProto]>([
    [
      'nodes in a circle',
      /in a circle \(a, b\)/,
      model({ nodes: [node('Add', 'x b', 'a'), node('Neg', 'a', 'b'), node('Abs', 'x', 'y')], ...io }),
    ],
    ['a node that reads itself', /in a circle/, model({ nodes: [node('Add', 'x y', 'y')], ...io })],
    [
      'an undefined input',
      /"nowhere" is read and nothing defines it/,
      model({ nodes: [node('Add', 'x nowhere', 'y')], ...io }),
    ],
    ['an undefined output', /"y" is read and nothing/, model({ nodes: [node('Neg', 'x', 'z')], ...io })],
    [
      'one name twice',
      /"y" is defined twice/,
      model({ nodes: [node('Neg', 'x', 'y'), node('Abs', 'x', 'y')], ...io }),
    ],
    [
      'a node that defines an input',
      /"x" is defined twice/,
      model({ nodes: [node('Neg', 'x', 'x'), node('Abs', 'x', 'y')], ...io }),
    ],
  ])('with %s is refused', (_, message, proto) => {
    expect(refusal(proto)).toMatch(message);
  });

  it('with the same weight twice is refused', () => {
    const proto = model({ nodes: [node('Add', 'x w', 'y')], ...io, weights: { w: floats([1]) } });
    proto.graph!.initializer.push(proto.graph!.initializer[0]!);
    expect(refusal(proto)).toMatch(/"w" is defined twice/);
  });

  it('that is nested deeper than any decoder goes is refused', () => {
    let inner: GraphProto = graph({ nodes: [node('Neg', 'x', 'y')], outputs: { y: '' } });
    for (let depth = 0; depth < 60; depth++) {
      inner = graph({ nodes: [node('If', 'x', 'y', {}, { then_branch: inner })], outputs: { y: '' } });
    }
    expect(refusal(create(ModelProtoSchema, { opsetImport: [{ version: 18n }], graph: inner }))).toMatch(
      /deep/,
    );
  });

  it('of functions without end is refused', () => {
    const self = functionOf({ name: 'F', inputs: ['v'], outputs: ['w'], nodes: [node('own:F', 'v', 'w')] });
    const proto = model(
      { nodes: [node('own:F', 'x', 'y')], ...io },
      { functions: [self], domains: { own: 1 } },
    );
    expect(refusal(proto)).toMatch(/functions call each other in a circle \(F\)/);
    expect(refusal(model({ nodes: [node('own:F', 'x', 'y')], ...io }, { functions: [self, self] }))).toMatch(
      /twice/,
    );
  });

  it.each(['\u001b[31mred', 'a\u202eb', 'line\nend', '\u009b2J'])(
    'never shows the name %j as it is',
    (name) => {
      const proto = model({ nodes: [node('Neg', 'x', 'y')], ...io });
      proto.graph!.node[0]!.input = [name];
      const message = refusal(proto);
      expect(message).not.toContain(name);
      expect(message).toMatch(/\\u\{/);
      const named = model({ nodes: [node('Neg', 'x', 'y')], ...io });
      named.graph!.node[0]!.name = name;
      expect(read(named).graph.node[0]!.name).toMatch(/\\u\{/);
    },
  );

  it('with names that are no UTF-8 is refused', () => {
    const bytes = toBinary(
      ModelProtoSchema,
      model({ nodes: [node('Neg', 'xxxx', 'y')], inputs: { xxxx: 'float32' }, outputs: { y: '' } }),
    );
    const broken = Buffer.from(bytes.map((byte, k) => (byte === 120 && bytes[k + 1] === 120 ? 0xff : byte)));
    expect(thrownBy(() => readModel(broken, 'm.onnx')).code).toBe('damaged-onnx');
  });
});

describe('a file', () => {
  const field = (tag: number, content: Uint8Array) => {
    const size = [];
    for (let rest = content.length; ; rest = Math.floor(rest / 128)) {
      size.push(rest < 128 ? rest : (rest % 128) + 128);
      if (rest < 128) break;
    }
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
  };
  const opset = field(0x42, Buffer.from([0x10, 18]));

  it('of millions of empty nodes is refused before it is decoded', () => {
    const nodes = Buffer.alloc(2_400_000);
    for (let k = 0; k < nodes.length; k += 2) nodes[k] = 0x0a;
    const error = thrownBy(() => readModel(Buffer.concat([field(0x3a, nodes), opset]), 'm.onnx'));
    expect(error).toMatchObject({
      code: 'damaged-onnx',
      message: expect.stringMatching(/more than 1000000 parts/),
    });
  });

  it('of a hundred million numbers of one byte is refused before it is decoded', () => {
    const list = field(0x3a, Buffer.alloc(60_000_000, 1));
    const bytes = Buffer.concat([field(0x3a, field(0x2a, list)), opset]);
    expect(thrownBy(() => readModel(bytes, 'm.onnx')).message).toMatch(/50000000 numbers one by one/);
  });

  it('of more than 2 GB is told as such without being read', () => {
    const path = join(folder.path, 'huge.onnx');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 31);
    expect(thrownBy(() => readModelFile(path)).message).toMatch(
      /2147483648 bytes, and a protobuf holds 2 GB at most/,
    );
  });

  it('keeps a decoded proto that runs', () => {
    const { proto } = read(model({ nodes: [node('Add', 'x w', 'y')], ...io, weights: { w: longs([1]) } }));
    expect(create(NodeProtoSchema, proto.graph!.node[0]!).opType).toBe('Add');
    const fine = read(model({ nodes: [node('Add', 'x w', 'y')], ...io, weights: { w: floats([1]) } }));
    expect(run(fine.proto, { x: floats([1]) }).y).toEqual(floats([2]));
  });
});

const folder = modelFolder();

describe('external data', () => {
  const external = (entries: Readonly<Record<string, string>>) =>
    toBinary(
      ModelProtoSchema,
      weighted((tensor) => {
        tensor.rawData = new Uint8Array();
        tensor.dataLocation = 1;
        tensor.externalData = Object.entries(entries).map(([key, value]) => ({
          $typeName: 'onnx.StringStringEntryProto',
          key,
          value,
        }));
      }),
    );
  const weights = new Uint8Array(floats([1, 2, 3, 4, 5, 6]).data.buffer);

  it('is not followed through a link that leads out of the folder', () => {
    const inside = join(folder.path, 'linked');
    mkdirSync(inside);
    writeFileSync(join(folder.path, 'secret.bin'), weights);
    symlinkSync('../secret.bin', join(inside, 'weights.bin'));
    const path = folder.write('linked/m.onnx', external({ location: 'weights.bin' }));
    expect(thrownBy(() => readModelFile(path)).message).toMatch(/not inside the model's folder/);
  });

  it('is followed where the model itself is linked from the same place', () => {
    const cache = join(folder.path, 'cache');
    mkdirSync(join(cache, 'blobs'), { recursive: true });
    mkdirSync(join(cache, 'snapshot'));
    writeFileSync(join(cache, 'blobs/a'), external({ location: 'w.bin' }));
    writeFileSync(join(cache, 'blobs/b'), weights);
    symlinkSync('../blobs/a', join(cache, 'snapshot/m.onnx'));
    symlinkSync('../blobs/b', join(cache, 'snapshot/w.bin'));
    expect(readModelFile(join(cache, 'snapshot/m.onnx')).external).toMatchObject([{ bytes: 24 }]);
  });

  it.each<[string, Record<string, string>, string, RegExp]>([
    ['beyond the end', { offset: '8' }, 'external-data-missing', /has 24 bytes where 32 are needed/],
    ['of a negative offset', { offset: '-8' }, 'damaged-onnx', /from byte -8/],
    ['of a length that is no number', { length: 'many' }, 'damaged-onnx', /NaN bytes/],
    ['of a length that the shape does not have', { length: '20' }, 'damaged-onnx', /needs 24 bytes/],
  ])('%s is refused', (name, entries, code, message) => {
    folder.write('w.bin', weights);
    const path = folder.write(
      `${name.replaceAll(' ', '-')}.onnx`,
      external({ location: 'w.bin', ...entries }),
    );
    expect(thrownBy(() => readModelFile(path))).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});
