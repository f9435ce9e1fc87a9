// Do the assumed units look right? The wells of diatomic molecules lie at known distances and depths; read in a wrong
// unit they lie elsewhere (N₂ in bohr and Hartree: at 2.07 "Å", 0.36 "eV" deep).

import { type System, symbolOf } from '../system/index.js';
import { dimer } from './clusters.js';
import { type Diatomic, diatomics } from './diatomics.js';
import { type Examination, type Finding, type Item, skipped } from './examination.js';

/** Molecules that are scanned: what most models know comes first. */
const scannedAtMost = 3;
/** From a well in nanometers to one in bohr: distances in Å, each 4 % more than the last. */
const nearest = 0.06;
const farthest = 9;
const factor = 1.04;

/** Å and eV in one unit (CODATA 2018). */
const lengths = { angstrom: 1, nm: 10, bohr: 0.529177 } as const;
const energies = {
  eV: 1,
  hartree: 27.2114,
  rydberg: 13.6057,
  'kcal/mol': 0.0433641,
  'kJ/mol': 0.0103643,
} as const;
/**
 * Force fields find the distance to a few percent and, far from what they learned, the depth to a factor of two; units
 * differ by more than both: factors of 1.9 and 10 in length, and in energy 13 at least where only eV is meant.
 */
const distanceWithin = 1.3;
const depthWithin = 2.2;

interface Well {
  readonly distance: number;
  readonly depth: number;
}

/** Only warns: a molecule may be far from what a force field of a crystal learned. Skipped where no unit explains a well. */
export const unitProbe: Item = {
  id: 'unit-probe',
  needs: [],
  async run(examination) {
    const { known, elements } = examination;
    const familiar = (number: number) =>
      known === null ? elements.includes(number) : known.includes(number);
    const candidates = diatomics.filter(({ numbers }) => numbers.every(familiar)).slice(0, scannedAtMost);
    if (candidates.length === 0) return skipped('no-diatomic');
    let seen: Finding | null = null;
    for (const molecule of candidates) {
      const wells = await wellsOf(examination, molecule);
      const finding = explained(molecule, wells);
      if (finding?.status === 'pass') return finding;
      seen ??= finding;
    }
    return seen ?? skipped('no-known-well');
  },
};

/** Minima on the way out, with their depths below the energy of the pair far apart. */
async function wellsOf({ examinee, place }: Examination, { numbers: [a, b] }: Diatomic): Promise<Well[]> {
  const energyAt = async (system: System) => (await examinee.evaluate(system)).energy;
  const distances: number[] = [];
  for (let r = nearest; r < farthest; r *= factor) distances.push(r);
  const along: number[] = [];
  for (const r of distances) along.push(await energyAt(place(dimer(a, b, r))));
  const apart = await energyAt(place(dimer(a, b, Math.max(farthest, (examinee.cutoff ?? farthest) + 1))));
  return distances.flatMap((distance, k) => {
    const isLowest = along[k] < along[k - 1] && along[k] <= along[k + 1] && along[k] < apart;
    return isLowest ? [{ distance, depth: apart - along[k] }] : [];
  });
}

/** Null where no unit makes a well of these the molecule's own. As it is comes first, then what fits best. */
function explained({ numbers, ...known }: Diatomic, wells: readonly Well[]): Finding | null {
  const fits = Object.entries(lengths).flatMap(([length, angstrom]) =>
    Object.entries(energies).flatMap(([energy, electronvolt]) =>
      wells.flatMap((well) => {
        const distance = Math.abs(Math.log((well.distance * angstrom) / known.distance));
        const depth = Math.abs(Math.log((well.depth * electronvolt) / known.depth));
        if (distance > Math.log(distanceWithin) || depth > Math.log(depthWithin)) return [];
        const asAssumed = length === 'angstrom' && energy === 'eV';
        return [{ length, energy, well, misfit: asAssumed ? -1 : distance + depth }];
      }),
    ),
  );
  const [best] = fits.toSorted((a, b) => a.misfit - b.misfit);
  if (!best) return null;
  return {
    status: best.misfit < 0 ? 'pass' : 'warn',
    value: best.well.distance,
    unit: 'Å',
    tolerance: null,
    values: {
      first: symbolOf(numbers[0]),
      second: symbolOf(numbers[1]),
      depth: best.well.depth,
      knownDistance: known.distance,
      knownDepth: known.depth,
      length: best.length,
      energy: best.energy,
    },
  };
}
