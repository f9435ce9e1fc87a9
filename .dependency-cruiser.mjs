// The walls of the house: which room may import which. One table; everything else follows from it.

const rooms = {
  spec: [],
  system: ['spec'],
  neighbors: ['system'],
  onnx: [],
  forcefield: ['spec', 'system', 'neighbors', 'onnx'],
  dynamics: ['system', 'neighbors', 'forcefield'],
  validate: ['system', 'neighbors', 'forcefield', 'dynamics'],
  observables: ['system', 'neighbors', 'stats'],
  measure: ['spec', 'system', 'neighbors', 'onnx', 'forcefield', 'dynamics', 'validate', 'observables', 'stats', 'result', 'profile'],
  stats: [],
  result: ['spec'],
  profile: ['stats', 'result'],
  metrics: ['stats', 'result'],
  compare: ['spec', 'stats', 'metrics', 'result'],
  report: ['metrics', 'result', 'stats', 'compare'],
  cli: ['spec', 'result', 'report'],
};

const pure = ['stats', 'profile', 'metrics', 'compare', 'report', 'dynamics', 'neighbors', 'observables', 'validate'];
const besideRooms = '^src/(errors|random|addon|version|package-file|vega-runtime)\\.ts$';
const openToCli = '^src/(index|run|run-[a-z-]+|errors|version)\\.ts$';

const walls = Object.entries(rooms).map(([room, others]) => ({
  name: `wall-${room}`,
  severity: 'error',
  comment: `src/${room}/ may import ${others.length > 0 ? others.join(', ') : 'no other room'} (the table of rooms in ARCHITECTURE.md)`,
  from: { path: `^src/${room}/` },
  to: {
    path: '^src/',
    pathNot: [besideRooms, ...(room === 'cli' ? [openToCli] : []), ...[room, ...others].map((name) => `^src/${name}/`)],
  },
}));

export default {
  forbidden: [
    ...walls,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    {
      name: 'no-unplanned-room',
      severity: 'error',
      comment: 'A new folder of src/ is first a line in the table of rooms',
      from: { path: `^src/(?!(${Object.keys(rooms).join('|')})/)[^/]+/` },
      to: {},
    },
    {
      name: 'pure-rooms',
      severity: 'error',
      comment: `${pure.join(', ')} are arithmetic and words: no Node built-in`,
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'commander-in-cli', severity: 'error', from: { pathNot: '^src/cli/' }, to: { path: 'node_modules/commander' } },
    { name: 'runtime-in-forcefield', severity: 'error', from: { pathNot: '^src/(forcefield|measure)/' }, to: { path: 'node_modules/onnxruntime-node' } },
    { name: 'addon-in-addon', severity: 'error', from: { pathNot: '^src/addon\\.ts$' }, to: { path: '^native/' } },
    { name: 'no-dev-dependency', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'] } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
