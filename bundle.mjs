// The programs of the package, each with all that it runs in few files: read from hundreds, they take a second longer to
// start. They take the place of the entries that tsc wrote; the other modules of dist/ are for types and benchmarks.

import { rmSync } from 'node:fs';
import { build } from 'rolldown';

const programs = [
  'index',
  'cli/main',
  'measure/worker',
  'measure/segment-worker',
  'measure/cuda-probe-process',
  'forcefield/ipi/null-client',
];

rmSync('dist/chunks', { recursive: true, force: true });
await build({
  input: Object.fromEntries(programs.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  external: /^onnxruntime-node/,
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: { dir: 'dist', chunkFileNames: 'chunks/[name].js' },
});
