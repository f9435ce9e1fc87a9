// Runs graphs for the room onnx/: probes of a model in memory, and the simplifier that ONNX Runtime has on board.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, type InferenceSession, Tensor } from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import type { GraphRunner, TensorData, TensorValue } from '../../onnx/index.js';

/** On the CPU, in this process; sessions live as long as one call. */
export const graphRunner: GraphRunner = {
  run(bytes, feeds, { level = 'disabled', threads = 1 } = {}) {
    const session = openSession(bytes, { graphOptimizationLevel: level, intraOpNumThreads: threads });
    try {
      const wanted = Object.fromEntries(session.outputMetadata.map(({ name }) => [name, null]));
      const fed = session.inputMetadata.flatMap(({ name }) =>
        feeds[name] ? [[name, tensor(feeds[name])]] : [],
      );
      const results = session.run(Object.fromEntries(fed), wanted, { logSeverityLevel: 4 });
      return Object.fromEntries(
        Object.entries(results).map(([name, value]) => [name, tensorValue(value as Tensor)]),
      );
    } finally {
      session.dispose();
    }
  },
  simplify(bytes) {
    const folder = mkdtempSync(join(tmpdir(), 'mdbench-graph-'));
    const optimizedModelFilePath = join(folder, 'simplified.onnx');
    try {
      openSession(bytes, { graphOptimizationLevel: 'basic', optimizedModelFilePath }).dispose();
      return Uint8Array.from(readFileSync(optimizedModelFilePath));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function openSession(bytes: Uint8Array, options: InferenceSession.SessionOptions) {
  env.logLevel = 'fatal';
  initOrt();
  const session = new binding.InferenceSession();
  const { buffer, byteOffset, byteLength } = bytes;
  session.loadModel(buffer as ArrayBuffer, byteOffset, byteLength, {
    executionProviders: ['cpu'],
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    ...options,
  });
  return session;
}

function tensor({ type, data, dims }: TensorValue): Tensor {
  return new Tensor(type as 'float32', data as Float32Array, dims);
}

/** Copied: the runtime's own memory may go with the session. */
function tensorValue({ type, data, dims }: Tensor): TensorValue {
  return { type, dims: [...dims], data: (data as Float32Array).slice() as TensorData };
}
