// A whole case result with samples of known truth, as a run would have left it.

import { type ColumnName, columnNames } from '../../src/result/column-names.js';
import type { CaseResult, ResultDocument, Trajectory } from '../../src/result/document.js';
import type { Samples } from '../../src/result/samples.js';
import { createDocument } from '../../src/result/write.js';

export interface SyntheticTrajectory {
  readonly steps?: number;
  readonly columns?: Partial<Record<ColumnName, Float64Array>>;
  readonly trajectory?: Partial<Trajectory>;
}

/** 64 atoms, 1 fs, 300 K unless told. Columns that are not given: 1 ms step of 0.8 ms force call and 0.1 ms list. */
export function syntheticSamples(options: SyntheticTrajectory = {}): Samples {
  const steps = options.steps ?? Object.values(options.columns ?? {})[0]?.length ?? 100;
  const plain: Record<ColumnName, number> = {
    stepTime: 1,
    forceCallTime: 0.8,
    listTime: 0.1,
    potentialEnergy: -277,
    kineticEnergy: 2.4,
    conserved: -274.6,
    temperature: 300,
  };
  const columns = Object.fromEntries(
    columnNames.map((name) => [name, options.columns?.[name] ?? new Float64Array(steps).fill(plain[name])]),
  ) as Record<ColumnName, Float64Array>;
  return { columns, trajectory: { ...plainTrajectory(steps), ...options.trajectory } };
}

function plainTrajectory(steps: number): Trajectory {
  return {
    seed: 1,
    steps,
    columns: Object.fromEntries(
      columnNames.map((name) => [name, { length: 0, base64: '' }]),
    ) as Trajectory['columns'],
    cold: { sessionCreate: 50, firstCall: 5, earlyCalls: [2, 1.5, 1] },
    equilibration: { steps: 500, temperatureMean: 301 },
    neighbors: { rebuilds: 3, dangerousBuilds: 0, pairs: 1800, rebuildSteps: [20, 50, 80] },
    integrateTotal: 0.05 * steps,
    momentumMax: 1e-12,
    memory: { step: [], rss: [], heapUsed: [], external: [], arrayBuffers: [], pss: [] },
    peakRss: 90e6,
  };
}

export function syntheticCase(samples: readonly Samples[], change: Partial<CaseResult> = {}): CaseResult {
  const dynamics = {
    ensemble: 'nve' as const,
    steps: 1000,
    timestep: 1,
    temperature: 300,
    seed: 1,
    seeds: samples.length || 1,
    equilibrate: 500,
    friction: 0.02,
    skin: 1,
  };
  return {
    id: 'si64-silicon-student-nve',
    status: 'ok',
    failure: null,
    spec: {
      id: 'si64-silicon-student-nve',
      forceField: { name: 'silicon-student.onnx', provider: 'cpu', threads: 1 },
      system: { name: 'si64' },
      dynamics,
    },
    forceField: null,
    system: {
      name: 'si64',
      atoms: 64,
      formula: 'Si64',
      cell: [10.86, 0, 0, 0, 10.86, 0, 0, 0, 10.86],
      pbc: [true, true, true],
      density: 2.33,
      shortestDistance: 2.35,
      largestForce: 1.2,
    },
    dynamics: { ...dynamics, integrator: 'velocity-verlet', thermostat: 'langevin' },
    recording: { trajectories: samples.map(({ trajectory }) => trajectory) },
    metrics: {},
    warnings: [],
    ...change,
  };
}

export function syntheticDocument(cases: readonly CaseResult[] = []): ResultDocument {
  const document = createDocument({
    version: '0.1.0',
    command: ['mdbench', 'run'],
    createdAt: '2026-01-01T00:00:00.000Z',
    environment: {
      cpu: 'Example CPU',
      coresUsable: 2,
      cores: 2,
      memory: 8e9,
      os: 'linux 6.1',
      arch: 'x64',
      node: 'v20.0.0',
      onnxruntime: '1.30.0',
      backend: 'reference',
      backendReason: 'no compiler',
      loadAverage: 0.1,
      cpuGovernor: null,
    },
  });
  return { ...document, status: 'complete', cases: [...cases] };
}
