// Constant pressure by stochastic cell rescaling, isotropic (Bernetti & Bussi, J. Chem. Phys. 153, 114107, 2020), over
// Langevin dynamics. Å, fs, eV, K. One step, with λ = √V, whose noise has a constant width:
//   B  A   λ ← λ + a Δt + √(k_B T β Δt/2τ) R,  r ← r L′/L   S O S   A   forces   B,   S: v ← v √(L/L′),  a = (βλ/2τ)(P − P₀ + k_B T/2V)

import { MdbenchError } from '../errors.js';
import type { ForceOutput } from '../forcefield/force-field.js';
import { createRandom } from '../random.js';
import { kineticEnergy } from '../system/index.js';
import type { System } from '../system/system.js';
import { boltzmann, pressureUnit } from '../system/units.js';
import { closingKick, halfKicks, kickAndDrift, removeMomentum } from './kick.js';
import { periodicVolume, pressureOf } from './pressure.js';
import { type Integrator, runSteps } from './run.js';
import { checkThermostat, createThermostat, type LangevinRun } from './thermostat.js';

export interface Barostat {
  /** GPa */
  readonly pressure: number;
  /** τ, fs */
  readonly time: number;
  /** β, 1/GPa; only β/τ acts: another value changes how fast the volume follows, not where it settles. */
  readonly compressibility: number;
}

export interface CellRescalingRun extends LangevinRun {
  readonly barostat: Barostat;
}

/**
 * Constant-pressure, constant-temperature dynamics: moves the cell of `system` too. The same seed gives the same bits.
 * The center of mass is at rest, so that volumes are distributed as V^(n−1) exp(−(E + P₀V)/k_B T) and the mean of the
 * instantaneous pressure is P₀.
 *
 * The step is reversible in distribution: its inverse draws from the pressure that stands at its end. So k_B T times the
 * logarithm of the ratio of both probabilities is what the barostat did, and conserved is
 * potential + kinetic + P₀V − k_B T ln λ − heat + Σ k_B T ln(p(λ→λ′)/p(λ′→λ)).
 * @returns the number of completed steps
 * @throws MdbenchError `option-invalid` for settings that are none, open boundaries, forces without a virial;
 * `structure-invalid` when the cell collapses
 */
export async function runCellRescaling(run: CellRescalingRun): Promise<number> {
  checkThermostat(run);
  checkSettings(run.barostat);
  const steps = await runSteps(run, () => createCellRescaling(run));
  removeMomentum(run.system);
  return steps;
}

/** Keeps the noise of the volume apart from that of the velocities. */
const volumeStream = 0x766f6c75;

function createCellRescaling(run: CellRescalingRun): Integrator {
  const { system, timestep, barostat, temperature, seed } = run;
  const { positions, velocities, masses, cell } = system;
  const thermostat = createThermostat(run);
  const random = createRandom(seed + volumeStream);
  const kicks = halfKicks(masses, timestep);
  const half = timestep / 2;
  const target = barostat.pressure / pressureUnit;
  const thermal = boltzmann * temperature;
  const mobility = (barostat.compressibility * pressureUnit) / (2 * barostat.time);
  const width = Math.sqrt(thermal * mobility * timestep);
  let root = Math.sqrt(periodicVolume(system));
  let pull = Number.NaN;
  let change = 0;
  let work = 0;

  function pullOf(pressure: number): number {
    return mobility * root * (pressure / pressureUnit - target + thermal / (2 * root * root));
  }

  function rescale(): void {
    change = pull * timestep + width * random.normal();
    const next = root + change;
    if (!(next > 0)) throw collapsed(system);
    const slowing = Math.cbrt(root / next);
    const stretch = 1 / (slowing * slowing);
    for (let k = 0; k < positions.length; k++) {
      positions[k] *= stretch;
      velocities[k] *= slowing;
    }
    for (let k = 0; k < 9; k++) cell[k] *= stretch;
    thermostat.apply();
    for (let k = 0; k < velocities.length; k++) velocities[k] *= slowing;
    root = next;
  }

  return {
    beforeForces(output) {
      if (Number.isNaN(pull)) {
        checkBarostat(run, output);
        pull = pullOf(pressureOf(kineticEnergy(system), output.virial, root * root));
      }
      kickAndDrift(system, kicks, output.forces, half);
      rescale();
      for (let k = 0; k < velocities.length; k++) positions[k] += half * velocities[k];
    },
    afterForces(output, state) {
      closingKick(system, kicks, output.forces, state);
      const volume = root * root;
      const pressure = pressureOf(state.kineticEnergy, output.virial, volume);
      const next = pullOf(pressure);
      work += (change * (pull + next) + 0.5 * (next * next - pull * pull) * timestep) / mobility;
      pull = next;
      state.potentialEnergy = output.energy;
      state.conserved =
        output.energy +
        state.kineticEnergy +
        target * volume -
        thermal * Math.log(root) -
        thermostat.heat +
        work;
      state.volume = volume;
      state.pressure = pressure;
    },
  };
}

/**
 * Whether a barostat can act on a system under these forces.
 * @throws MdbenchError `option-invalid` for open boundaries and for forces without a virial
 */
export function checkBarostat(
  { system, forceField }: Pick<LangevinRun, 'system' | 'forceField'>,
  { virial }: ForceOutput,
): void {
  if (!system.pbc.every(Boolean)) {
    throw new MdbenchError(
      'option-invalid',
      `Constant pressure needs a cell that is periodic in all three directions; ${system.name} is open in at least one.`,
      'Use --ensemble nvt, or a periodic structure.',
    );
  }
  if (!virial.every(Number.isFinite)) {
    throw new MdbenchError(
      'option-invalid',
      `${forceField.description.title} gives no virial, and without one there is no pressure to hold.`,
      'Use --ensemble nvt, or export the model with a stress or virial output.',
    );
  }
}

function checkSettings({ pressure, time, compressibility }: Barostat): void {
  if (!Number.isFinite(pressure)) {
    throw new MdbenchError('option-invalid', `The pressure must be a number of GPa, not ${pressure}.`);
  }
  for (const [name, value, unit] of [
    ['time of the barostat', time, 'fs'],
    ['compressibility', compressibility, '1/GPa'],
  ] as const) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new MdbenchError(
      'option-invalid',
      `The ${name} must be a positive number of ${unit}, not ${value}.`,
    );
  }
}

function collapsed({ name }: System): MdbenchError {
  return new MdbenchError(
    'structure-invalid',
    `The cell of ${name} has collapsed under the barostat.`,
    'Take a longer --barostat-time, a smaller timestep, or check the virial of the force field.',
  );
}
