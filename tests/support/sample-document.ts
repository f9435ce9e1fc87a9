// Result documents with seeded synthetic samples that look like real runs, for the tests of what reads documents.

import { computeMetrics } from '../../src/metrics/index.js';
import { createRandom, type Random } from '../../src/random.js';
import type { ReportInput } from '../../src/report/index.js';
import type { ColumnName } from '../../src/result/column-names.js';
import type { CaseResult, Failure, Memory, ResultDocument, Trajectory } from '../../src/result/document.js';
import type { Samples } from '../../src/result/samples.js';

export interface CaseOptions {
  readonly id?: string;
  readonly title?: string;
  readonly steps?: number;
  readonly seeds?: number;
  readonly atoms?: number;
  /** ms */
  readonly forceCall?: number;
  /** meV/atom/ps */
  readonly drift?: number;
  readonly failure?: Failure;
  readonly status?: CaseResult['status'];
  /** Steps whose time is 40 times as long. */
  readonly spikes?: readonly number[];
  readonly ensemble?: CaseResult['dynamics']['ensemble'];
}

/** A document of these cases, complete, with metrics computed from its samples. */
export function sampleInput(
  cases: readonly CaseOptions[] = [{}],
  change: Partial<ResultDocument> = {},
): ReportInput {
  const made = cases.map(sampleCase);
  const document: ResultDocument = {
    schemaVersion: 1,
    tool: {
      name: 'mdbench',
      version: '0.1.0',
      command: ['mdbench', 'run', 'benchmarks/models/silicon-student.onnx'],
    },
    createdAt: '2026-11-22T01:35:00.000Z',
    status: 'complete',
    environment: {
      cpu: 'AMD EPYC 7B13 64-Core Processor',
      coresUsable: 2,
      cores: 8,
      memory: 16 * 1024 ** 3,
      os: 'Linux 6.1.0',
      arch: 'x64',
      node: 'v20.19.2',
      onnxruntime: '1.30.0',
      backend: 'native',
      backendReason: null,
      loadAverage: 0.42,
      cpuGovernor: null,
    },
    cases: made.map(({ result }) => result),
    warnings: [],
    ...change,
  };
  return { document, samples: new Map(made.map(({ result, samples }) => [result.id, samples])) };
}

export function sampleCase(options: CaseOptions = {}): { result: CaseResult; samples: Samples[] } {
  const { ensemble = 'nve' } = options;
  const {
    id = `si64-silicon-student-${ensemble}`,
    steps = 1000,
    seeds = 1,
    atoms = 64,
    status = 'ok',
  } = options;
  const asked = options.failure || status === 'aborted' ? 2 * steps : steps;
  const ran = status !== 'pending' && status !== 'skipped';
  const samples = ran
    ? Array.from({ length: seeds }, (_, k) => sampleTrajectory(k + 1, { ...options, steps, atoms }))
    : [];
  const dynamics = {
    ensemble,
    steps: asked,
    timestep: 1,
    temperature: 300,
    seed: 1,
    seeds,
    equilibrate: 500,
    friction: 0.02,
    skin: 1,
    ...(ensemble === 'npt' ? { pressure: 0.5, barostatTime: 1000, compressibility: 0.45 } : {}),
  };
  const result: CaseResult = {
    id,
    status,
    failure: options.failure ?? null,
    spec: {
      id,
      forceField: { name: 'benchmarks/models/silicon-student.onnx', provider: 'cpu', threads: 1 },
      system: { name: `si${atoms}` },
      dynamics,
    },
    forceField: ran ? forceFieldOf(options.title ?? 'Silicon student') : null,
    system: ran ? systemOf(atoms) : null,
    dynamics: { ...dynamics, ...namesOf(ensemble) },
    recording: { trajectories: samples.map(({ trajectory }) => trajectory) },
    metrics: {},
    warnings: [],
  };
  result.metrics = ran ? computeMetrics(result, samples) : {};
  return { result, samples };
}

function namesOf(ensemble: CaseResult['dynamics']['ensemble']) {
  const thermostat = 'langevin-baoab';
  if (ensemble === 'npt')
    return { integrator: thermostat, thermostat, barostat: 'stochastic-cell-rescaling' };
  return { integrator: ensemble === 'nve' ? 'velocity-verlet' : thermostat, thermostat };
}

/** Of 64 silicon atoms: volumes of random phase about 1300 Å³, pressures about 0.5 GPa. */
function bathColumns(steps: number, ensemble: CaseOptions['ensemble']) {
  const wave = (mean: number, size: number, period: number) =>
    Float64Array.from({ length: steps }, (_, k) => mean + size * Math.sin(k / period));
  return {
    ...(ensemble === 'nvt' || ensemble === 'npt' ? { pressure: wave(0.5, 0.3, 7) } : {}),
    ...(ensemble === 'npt' ? { volume: wave(1300, 8, 41) } : {}),
  };
}

function sampleTrajectory(seed: number, options: CaseOptions & { steps: number; atoms: number }): Samples {
  const { steps, atoms, forceCall = 2.1, drift = 0.01, spikes = [] } = options;
  const random = createRandom(100 * seed + atoms);
  const columns = blankColumns(steps);
  let slow = 0;
  const rebuildSteps: number[] = [];
  for (let k = 0; k < steps; k++) {
    slow = 0.9 * slow + 0.02 * random.normal();
    const warm = 1 + 0.6 * Math.exp(-k / 18);
    const hiccup = random.uniform() < 0.004 ? 1 + 2 * random.uniform() : 1;
    const spike = spikes.includes(k + 1) ? 40 : 1;
    const rebuilt = k % 73 === 40;
    if (rebuilt) rebuildSteps.push(k + 1);
    columns.forceCallTime[k] = forceCall * warm * hiccup * spike * Math.exp(0.02 * random.normal() + slow);
    columns.listTime[k] = (rebuilt ? 0.21 : 0.018) * Math.exp(0.05 * random.normal());
    columns.stepTime[k] =
      columns.forceCallTime[k] + columns.listTime[k] + 0.011 * Math.exp(0.1 * random.normal());
    const swing = Math.sin(k / 9.3 + seed) + 0.5 * Math.sin(k / 4.1) + 0.3 * random.normal();
    columns.kineticEnergy[k] = atoms * (0.0388 + 0.0022 * swing);
    columns.conserved[k] =
      atoms * (-4.296 + 1e-6 * drift * k + 0.00002 * (Math.sin(k / 4.6) + random.normal()));
    columns.potentialEnergy[k] = columns.conserved[k] - columns.kineticEnergy[k];
    columns.temperature[k] = 300 + 17 * swing;
  }
  const recorded = { ...columns, ...bathColumns(steps, options.ensemble) };
  const trajectory: Trajectory = {
    seed,
    steps,
    columns: Object.fromEntries(
      Object.entries(recorded).map(([name, values]) => [name, stored(values)]),
    ) as Trajectory['columns'],
    cold: {
      sessionCreate: 61 + 4 * random.uniform(),
      firstCall: 9.4 + random.uniform(),
      earlyCalls: Array.from(
        { length: 9 },
        (_, k) => forceCall * (1.1 + 1.4 * Math.exp(-k)) + 0.1 * random.uniform(),
      ),
    },
    equilibration: { steps: 500, temperatureMean: 298.4 },
    neighbors: { rebuilds: rebuildSteps.length, dangerousBuilds: 0, pairs: 17 * atoms, rebuildSteps },
    integrateTotal: 0.009 * steps,
    momentumMax: 3.1e-13,
    memory: memoryOf(steps, random),
    peakRss: 182_000_000,
  };
  return { trajectory, columns: recorded };
}

function memoryOf(steps: number, random: Random): Memory {
  const step = Array.from({ length: 41 }, (_, k) => Math.round((k * steps) / 40));
  const wander = (start: number, size: number) =>
    step.map((_, k) => Math.round(start + size * (1 - Math.exp(-k / 6)) + 0.05 * size * random.normal()));
  return {
    step,
    rss: wander(171_000_000, 6_000_000),
    heapUsed: wander(9_000_000, 120_000),
    external: wander(2_600_000, 1_000),
    arrayBuffers: wander(310_000, 200),
    pss: wander(152_000_000, 5_600_000),
  };
}

function forceFieldOf(title: string): NonNullable<CaseResult['forceField']> {
  return {
    id: 'silicon-student',
    kind: 'onnx',
    title,
    cutoff: 5,
    elements: [14],
    precision: 'float32',
    parameters: 38_417,
    settings: { provider: 'cpu', threads: 1, graphOptimizationLevel: 'all' },
    file: {
      path: 'benchmarks/models/silicon-student.onnx',
      sha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
      bytes: 412_334,
      commit: null,
    },
    binding: [
      {
        tensor: 'positions',
        direction: 'input',
        role: 'positions',
        source: 'signature',
        type: 'float32',
        shape: ['n', 3],
      },
      {
        tensor: 'edge_index',
        direction: 'input',
        role: 'edges',
        source: 'signature',
        type: 'int64',
        shape: [2, 'e'],
      },
      { tensor: 'energy', direction: 'output', role: 'energy', source: 'name', type: 'float32', shape: [1] },
      {
        tensor: 'forces',
        direction: 'output',
        role: 'forces',
        source: 'name',
        type: 'float32',
        shape: ['n', 3],
      },
    ],
    assumed: ['units.energy=eV'],
  };
}

function systemOf(atoms: number): NonNullable<CaseResult['system']> {
  const edge = 5.431 * Math.cbrt(atoms / 8);
  return {
    name: `si${atoms}`,
    atoms,
    formula: `Si${atoms}`,
    cell: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
    pbc: [true, true, true],
    density: 2.3289,
    shortestDistance: 2.3517,
    largestForce: 0.0012,
  };
}

function blankColumns(steps: number): Record<ColumnName, Float64Array> {
  const column = () => new Float64Array(steps);
  return {
    stepTime: column(),
    forceCallTime: column(),
    listTime: column(),
    potentialEnergy: column(),
    kineticEnergy: column(),
    conserved: column(),
    temperature: column(),
  };
}

/** As the tool stores them: inline up to 20 000 steps, in a sidecar file beyond. */
function stored(values: Float64Array) {
  if (values.length > 20_000)
    return { length: values.length, file: 'recordings/sample.f64', offset: 0, sha256: '0'.repeat(64) };
  return { length: values.length, base64: Buffer.from(values.buffer).toString('base64') };
}
