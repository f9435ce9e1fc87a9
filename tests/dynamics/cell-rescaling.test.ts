import { describe, expect, it } from 'vitest';
import { runCellRescaling, runEnsemble, type StepState } from '../../src/dynamics/index.js';
import { createLennardJones } from '../../src/forcefield/lennard-jones.js';
import { createNullForceField } from '../../src/forcefield/null.js';
import { createStillingerWeber } from '../../src/forcefield/stillinger-weber.js';
import { leastSquares } from '../../src/stats/index.js';
import { buildSystem, cellVolume, drawVelocities, pressureUnit } from '../../src/system/index.js';
import { sampleEnsemble } from '../support/ensemble-runs.js';
import { createRecorder, fluctuation, prepareRun } from '../support/physics-runs.js';

const barostat = { pressure: 0, time: 1000, compressibility: 0.05 };

const silicon = (ensemble: 'nvt' | 'npt', timestep: number, seed = 1) =>
  sampleEnsemble(buildSystem('si8'), createStillingerWeber(), {
    ...{ ensemble, temperature: 300, timestep, seed, friction: 0.02, barostat },
    ...{ steps: Math.round(8000 / timestep), settle: Math.round(500 / timestep) },
  });

describe('the conserved quantity', () => {
  it.each(['nvt', 'npt'] as const)(
    'fluctuates by Δt² about a drift that falls faster: %s',
    async (ensemble) => {
      const [fine, coarse] = [await silicon(ensemble, 1), await silicon(ensemble, 4)];
      const ratio = fluctuation(coarse) / fluctuation(fine);
      expect(ratio).toBeGreaterThan(10);
      expect(ratio).toBeLessThan(26);
      expect(Math.abs(driftOf(fine, 1))).toBeLessThan(0.05);
      expect(Math.abs(driftOf(fine, 1))).toBeLessThan(Math.abs(driftOf(coarse, 4)));
    },
  );

  it('stays where energy, enthalpy and either bath alone do not', async () => {
    const states = await silicon('npt', 1, 3);
    const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    const kept = spread(states.map(({ conserved }) => conserved));
    const total = states.map((state) => state.potentialEnergy + state.kineticEnergy);
    expect(spread(total)).toBeGreaterThan(100 * kept);
  });

  it('is that of the barostat alone where nothing else acts: an ideal gas that hardly feels its thermostat', async () => {
    const states = await sampleEnsemble(buildSystem('ar108'), createNullForceField(), {
      ...{ ensemble: 'npt', temperature: 300, steps: 3000, timestep: 2, friction: 1e-9 },
      barostat: { pressure: 0.2, time: 100, compressibility: 5 },
    });
    const volumes = states.map(({ volume }) => volume);
    expect(Math.max(...volumes) / Math.min(...volumes)).toBeGreaterThan(1.3);
    const enthalpy = (state: StepState) => state.kineticEnergy + (0.2 / pressureUnit) * state.volume;
    const change = Math.max(...states.map((state) => Math.abs(enthalpy(state) - enthalpy(states[0]))));
    expect(change).toBeGreaterThan(0.5);
    expect(fluctuation(states)).toBeLessThan(0.01 * change);
  });
});

it('scales the whole cell alike, keeps the center of mass at rest, and says the volume and pressure that are', async () => {
  const system = buildSystem('ar108');
  drawVelocities(system, 60, 1);
  const before = system.cell.slice();
  const observer = createRecorder();
  const run = await prepareRun(system, createLennardJones(), { timestep: 4, steps: 200, observer });
  await runCellRescaling({ ...run, temperature: 60, friction: 0.01, seed: 2, barostat });
  const last = observer.states.at(-1)!;
  const stretch = system.cell[0] / before[0];
  expect(stretch).not.toBe(1);
  for (let k = 0; k < 9; k++) expect(system.cell[k]).toBeCloseTo(stretch * before[k], 10);
  expect(last.volume / cellVolume(system.cell)).toBeCloseTo(1, 12);
  const [xx, , , , yy, , , , zz] = run.output.virial;
  const pressure = ((2 * last.kineticEnergy + xx + yy + zz) / (3 * last.volume)) * pressureUnit;
  expect(last.pressure).toBeCloseTo(pressure, 12);
  expect(Math.max(...observer.states.map(({ momentum }) => momentum))).toBeLessThan(1e-10);
});

it('is compressed by a pressure, and by how much the compressibility says nothing', async () => {
  const volumeAt = async (pressure: number, compressibility: number) => {
    const states = await sampleEnsemble(buildSystem('si8'), createStillingerWeber(), {
      ...{ ensemble: 'npt', temperature: 100, steps: 3000, settle: 2000, seed: 4, friction: 0.02 },
      barostat: { pressure, time: 200, compressibility },
    });
    return states.reduce((sum, { volume }) => sum + volume, 0) / states.length;
  };
  const [free, pressed, stiffly] = [
    await volumeAt(0, 0.01),
    await volumeAt(5, 0.01),
    await volumeAt(5, 0.05),
  ];
  expect(pressed / free).toBeGreaterThan(0.94);
  expect(pressed / free).toBeLessThan(0.97);
  expect(Math.abs(stiffly / pressed - 1)).toBeLessThan(0.005);
});

it('gives the same bits for the same seed, and other volumes for another', async () => {
  const volumes = async (seed: number) => (await silicon('npt', 4, seed)).map(({ volume }) => volume);
  expect(await volumes(5)).toEqual(await volumes(5));
  expect(await volumes(5)).not.toEqual(await volumes(6));
});

describe('is refused', () => {
  const ask = async (name: string, change: object = {}, virial = 0) => {
    const system = buildSystem(name);
    const forceField = createNullForceField();
    const { compute } = forceField;
    forceField.compute = (at, pairs, output) => {
      compute(at, pairs, output);
      output.virial.fill(virial);
    };
    const run = await prepareRun(system, forceField, { timestep: 1, steps: 3 });
    const asked = { ...run, ensemble: 'npt' as const, temperature: 300, friction: 0.01, seed: 1 };
    return runEnsemble({ ...asked, barostat: { ...barostat, ...change } });
  };

  it('with open boundaries', async () => {
    await expect(ask('ethanol')).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringContaining('ethanol is open'),
      hint: expect.stringContaining('--ensemble nvt'),
    });
  });

  it('without a virial', async () => {
    await expect(ask('ar108', {}, Number.NaN)).rejects.toMatchObject({
      code: 'option-invalid',
      message: 'Null force field gives no virial, and without one there is no pressure to hold.',
    });
  });

  it.each([{ pressure: Number.NaN }, { time: 0 }, { compressibility: -1 }])('with %o', async (change) => {
    await expect(ask('ar108', change)).rejects.toMatchObject({ code: 'option-invalid' });
  });

  it('when the cell collapses', async () => {
    const wild = { pressure: 1e4, time: 1, compressibility: 10 };
    await expect(ask('ar108', wild)).rejects.toMatchObject({
      code: 'structure-invalid',
      message: expect.stringContaining('has collapsed'),
    });
  });
});

/** meV/atom/ps */
function driftOf(states: readonly StepState[], timestep: number): number {
  const times = states.map((_, k) => (k * timestep) / 1000);
  const energies = states.map(({ conserved }) => (1000 * conserved) / 8);
  return leastSquares(times, energies).slope;
}
