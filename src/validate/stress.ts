// The virial is minus the strain derivative of the energy, component by component, and symmetric. eV.

import type { ForceOutput } from '../forcefield/index.js';
import type { System } from '../system/index.js';
import { type Derivative, extrapolated } from './differences.js';
import { type Finding, finest, type Item, judged, skipped } from './examination.js';
import type { Examinee } from './examinee.js';
import { strained } from './motions.js';
import { energyNoise, largest } from './rounding.js';

/** Largest strain of three. */
const strains = { double: 1e-3, single: 2e-2 } as const;
/** Of the largest component, as for the forces. */
const relative = 1e-6;
const certain = 6;
const truncationAtMost = 1e-3;
/** eV: below, a virial is taken for none when shares of it are judged. */
const least = 0.1;

/** As the tolerance of `gradient`, with strains for steps. Strains that change the list are left out where others remain. */
export const stress: Item = {
  id: 'stress',
  needs: ['periodic', 'virial'],
  async run(examination) {
    const { system } = examination;
    const examinee = finest(examination);
    const said = await examinee.evaluate(system);
    const isDouble = examinee.precision === 'float64';
    const size = isDouble ? strains.double : strains.single;
    const probes = [];
    for (let k = 0; k < 9; k++) probes.push(await probe(examinee, system, k, size));
    const quiet = probes.filter((one) => one.quiet);
    const used = isDouble && quiet.length >= 3 ? quiet : probes;
    const scale = Math.max(least, largest(said.virial));
    const noise =
      (certain * energyNoise(examinee.precision, system.numbers.length, said.energy)) / (size / 4);
    if (noise > 0.05 * scale) return skipped('too-coarse', { noise, largestVirial: scale });
    const doubt = Math.min(
      truncationAtMost * scale,
      Math.max(...used.map(({ derivative }) => derivative.doubt)),
    );
    const tolerance = Math.max(relative * scale, noise) + doubt;
    const differences = used.map((one) => said.virial[one.component] + one.derivative.value);
    const error = largest([...differences, ...unsymmetry(said)]);
    const values = { precision: examinee.precision, components: used.length, largestVirial: scale };
    const finding = judged(error, tolerance, 'eV', values);
    if (finding.status === 'pass') return finding;
    return { ...finding, values: { ...values, nature: nature(said, used, tolerance) } };
  },
};

interface Probe {
  readonly component: number;
  readonly derivative: Derivative;
  readonly quiet: boolean;
}

async function probe(examinee: Examinee, system: System, component: number, size: number): Promise<Probe> {
  const [row, column] = [Math.floor(component / 3), component % 3];
  const at: [number, number][] = [];
  const signatures = new Set<number>();
  for (const step of [size, size / 2, size / 4]) {
    const energies: number[] = [];
    for (const by of [step, -step]) {
      energies.push((await examinee.evaluate(strained(system, row, column, by))).energy);
      signatures.add(examinee.pairSignature());
    }
    at.push(energies as [number, number]);
  }
  return { component, derivative: extrapolated(at, size), quiet: signatures.size === 1 };
}

function unsymmetry({ virial }: ForceOutput): number[] {
  return [virial[1] - virial[3], virial[2] - virial[6], virial[5] - virial[7]];
}

/** `sign`: it is turned. `volume`, or any other factor: `scaled`. */
function nature(
  { virial }: ForceOutput,
  probes: readonly Probe[],
  tolerance: number,
): Finding['values'][string] {
  const against = (factor: number) =>
    largest(probes.map((one) => virial[one.component] + factor * one.derivative.value));
  if (against(-1) <= 10 * tolerance) return 'sign';
  const sum = (of: (one: Probe) => number) => probes.reduce((total, one) => total + of(one), 0);
  const factor =
    -sum((one) => virial[one.component] * one.derivative.value) / sum((one) => one.derivative.value ** 2);
  return against(factor) <= 10 * tolerance ? 'scaled' : 'other';
}
