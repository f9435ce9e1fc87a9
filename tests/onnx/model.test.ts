// Reading ONNX files: summaries of whole ones, and a clear refusal of everything else.

import { writeFileSync } from 'node:fs';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { MdbenchError } from '../../src/errors.js';
import { readModel, readModelFile } from '../../src/onnx/index.js';
import { ModelProtoSchema } from '../../src/onnx/proto/onnx_pb.js';
import { createRandom } from '../../src/random.js';
import { createGraph } from '../support/onnx-graph.js';
import { schnetModel } from '../support/onnx-models.js';
import { modelFolder } from '../support/onnx-run.js';
import { thrownBy } from '../support/thrown.js';

const folder = modelFolder();
const whole = schnetModel({ type: 'float32', metadata: { r_max: '4', note: 'x' } });

describe('a whole file', () => {
  it('is summed up', () => {
    const { summary } = readModel(whole, 'm.onnx');
    expect(summary.inputs).toEqual([
      { name: '_atomic_numbers', type: 'int64', shape: ['n'] },
      { name: '_positions', type: 'float32', shape: ['n', 3] },
      { name: '_idx_i', type: 'int64', shape: ['e'] },
      { name: '_idx_j', type: 'int64', shape: ['e'] },
      { name: '_offsets', type: 'float32', shape: ['e', 3] },
    ]);
    expect(summary.outputs.map((tensor) => tensor.name)).toEqual(['energy', 'forces', 'virial']);
    expect(summary.opsets).toEqual({ 'ai.onnx': 17 });
    expect(summary.metadata).toEqual({ r_max: '4', note: 'x' });
    expect(summary.producer).toBe('mdbench-tests 1');
    expect(summary.operators.get('ScatterND')).toBe(3);
    expect([...summary.operators.keys()][0]).toBe('Mul');
    // 19 strengths, and the constants 0, 1, 1/c², A/2, −3A/c².
    expect(summary.parameters).toBe(24);
    expect(summary.precision).toBe('float32');
  });

  it('survives a round trip byte by byte', () => {
    expect(toBinary(ModelProtoSchema, fromBinary(ModelProtoSchema, whole))).toEqual(whole);
  });

  it('leaves out inputs that an initializer fills, and qualifies operators of other domains', () => {
    const g = createGraph();
    const x = g.input('x', 'float32', ['n', 3]);
    g.input('weight', 'float32', [3]);
    const weight = g.constant('float32', [1, 2, 3], [3], 'weight');
    g.output('y', g.op('com.microsoft:Gelu', [g.op('Mul', [x, weight])]), 'float32', ['n', 3]);
    const { summary } = readModel(g.model({ irVersion: 3, domains: { 'com.microsoft': 1 } }), 'm.onnx');
    expect(summary.inputs.map((tensor) => tensor.name)).toEqual(['x']);
    expect(summary.operators.get('com.microsoft:Gelu')).toBe(1);
    expect(summary.opsets['com.microsoft']).toBe(1);
    expect(summary.irVersion).toBe(3);
  });

  it('counts a few constants of another type as no change of precision', () => {
    const g = createGraph();
    const x = g.input('x', 'float32', ['n', 3]);
    g.constant('float32', new Array(2000).fill(0.5), [2000]);
    g.constant('float64', [1]);
    g.output('y', x, 'float64', ['n', 3]);
    expect(readModel(g.model(), 'm.onnx').summary.precision).toBe('float32');
    g.constant('float64', new Array(2000).fill(0.5), [2000]);
    expect(readModel(g.model(), 'm.onnx').summary.precision).toBe('mixed');
  });
});

describe('a file that is none', () => {
  it.each([
    ['empty', new Uint8Array(0), /is empty/],
    ['text', Buffer.from('Hello, I am not a model.\n'), /does not begin any field/],
    ['JSON', Buffer.from('{"mdbench": 1}'), /not an ONNX model/],
    ['a checkpoint', Buffer.from('PK\x03\x04 pytorch_model'), /zip archive/],
    [
      'a Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\n'),
      /git lfs pull/,
    ],
  ])('%s is not-onnx', (_, bytes, message) => {
    const error = thrownBy(() => readModel(bytes, 'm.onnx'));
    expect(error.code).toBe('not-onnx');
    expect(error.message).toMatch(message);
    expect(error.message).toContain('m.onnx');
  });

  it('random bytes are refused with a clear error, never decoded', () => {
    const random = createRandom(7);
    for (let k = 0; k < 2000; k++) {
      const bytes = Uint8Array.from({ length: 1 + random.integer(200) }, () => random.integer(256));
      expect(['not-onnx', 'truncated-onnx']).toContain(thrownBy(() => readModel(bytes, 'm.onnx')).code);
    }
  });

  it('an absent file or a folder is file-not-found', () => {
    expect(thrownBy(() => readModelFile('/nowhere/at/all.onnx')).message).toMatch(/all\.onnx does not exist/);
    expect(thrownBy(() => readModelFile(folder.path)).code).toBe('file-not-found');
  });
});

describe('a file that was cut off', () => {
  it('is told as such at every length', () => {
    for (let length = 1; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      const error = tryRead(cut);
      // Only optional fields stand after the operator sets: a cut exactly between two of them cannot be seen.
      if (error) expect(['truncated-onnx', 'not-onnx']).toContain(error.code);
      else expect(readModel(cut, 'm.onnx').summary.outputs).toHaveLength(3);
      if (length >= 64 && error) expect(error.code).toBe('truncated-onnx');
    }
  });

  it('says how long it is', () => {
    const error = thrownBy(() => readModel(whole.subarray(0, 500), 'm.onnx'));
    expect(error.message).toMatch(/cut off: it has 500 bytes/);
  });
});

describe('external data', () => {
  const external = (location: string) => {
    const g = createGraph();
    const x = g.input('x', 'float32', [2]);
    g.output('y', g.op('Mul', [x, g.constant('float32', [1, 2], [2])]), 'float32', [2]);
    return g.model({ external: location });
  };

  it('is found beside the model', () => {
    const path = folder.write('kept.onnx', external('weights.bin'));
    folder.write('weights.bin', new Uint8Array(8));
    expect(readModelFile(path).external).toMatchObject([{ location: 'weights.bin', bytes: 8 }]);
  });

  it('that is missing or too short is named', () => {
    const path = folder.write('missing.onnx', external('gone.bin'));
    expect(thrownBy(() => readModelFile(path))).toMatchObject({ code: 'external-data-missing' });
    expect(thrownBy(() => readModelFile(path)).message).toMatch(/gone\.bin.*does not exist/);
    writeFileSync(`${folder.path}/short.bin`, new Uint8Array(3));
    const short = folder.write('short.onnx', external('short.bin'));
    expect(thrownBy(() => readModelFile(short)).message).toMatch(/has 3 bytes where 8 are needed/);
  });

  it.each(['../weights.bin', '/etc/passwd', '', '.', 'a/../../x.bin'])(
    'outside the folder (%s) is refused',
    (location) => {
      const path = folder.write('outside.onnx', external(location));
      const error = thrownBy(() => readModelFile(path));
      expect(error.code).toBe('external-data-missing');
      expect(error.message).toMatch(/not inside the model's folder/);
    },
  );
});

function tryRead(bytes: Uint8Array): MdbenchError | undefined {
  try {
    readModel(bytes, 'm.onnx');
    return undefined;
  } catch (error) {
    if (error instanceof MdbenchError) return error;
    throw error;
  }
}
