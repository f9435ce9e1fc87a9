// Lennard-Jones: E(r) = 4ε((σ/r)¹² − (σ/r)⁶) up to a cutoff. eV, Å. Argon: ε = 0.0104 eV (119.8 K), σ = 3.405 Å
// (Rahman, Phys. Rev. 136, A405). Switching: Mei, Davenport & Fernando, Phys. Rev. B 43, 4653.

import { MdbenchError } from '../errors.js';
import { checkElements } from './analytic-elements.js';
import { collectImages, createImages, placeImages } from './analytic-images.js';
import type { ForceField } from './force-field.js';
import { type LennardJonesTerms, type Near, sumLennardJones } from './lennard-jones-kernel.js';

export interface LennardJonesOptions {
  /** eV */
  readonly epsilon?: number;
  /** Å */
  readonly sigma?: number;
  /** Å; default 2.5 σ. */
  readonly cutoff?: number;
  /**
   * `plain`: the energy jumps at the cutoff. `shifted` (default): E(r) − E(cutoff), the force jumps.
   * `switched`: E(r) S(u), u = (r − switchStart)/(cutoff − switchStart), S = 1 − 10u³ + 15u⁴ − 6u⁵: energy, force and its slope end at zero.
   */
  readonly cut?: 'plain' | 'shifted' | 'switched';
  /** Å, where switching begins; default 0.8 of the cutoff. */
  readonly switchStart?: number;
  /** Atomic numbers it may be used for; null: any. Every pair is treated alike. */
  readonly elements?: readonly number[] | null;
}

/** @throws MdbenchError `option-invalid`; `prepare` throws `unknown-element` */
export function createLennardJones(options: LennardJonesOptions = {}): ForceField {
  const { epsilon = 0.0104, sigma = 3.405, cut = 'shifted', elements = [18] } = options;
  const cutoff = options.cutoff ?? 2.5 * sigma;
  const switchStart = options.switchStart ?? 0.8 * cutoff;
  checkOptions({ epsilon, sigma, cutoff, switchStart });
  const terms = lennardJonesTerms(epsilon, sigma, cutoff, cut, switchStart);
  const images = createImages();
  const near: Near = { targets: new Int32Array(0), squares: new Float64Array(0) };
  const title = cut === 'shifted' ? 'Lennard-Jones' : `Lennard-Jones, ${cut}`;
  return {
    description: {
      id: cut === 'shifted' ? 'lennard-jones' : `lennard-jones-${cut}`,
      kind: 'lennard-jones',
      title,
      cutoff,
      elements,
      precision: 'float64',
      parameters: 2,
      settings: { epsilon, sigma, cutoff, cut, ...(cut === 'switched' ? { switchStart } : {}) },
      file: null,
      binding: [],
      assumed: [],
    },
    neighbors: { cutoff, kind: 'half', trimmed: false },
    prepare: (system) => checkElements(title, elements, system),
    compute(system, pairs, output) {
      if (pairs === null) throw new MdbenchError('option-invalid', `${title} needs a half neighbor list.`);
      placeImages(images, system, pairs);
      if (near.targets.length < images.widest) {
        near.targets = new Int32Array(2 * images.widest);
        near.squares = new Float64Array(2 * images.widest);
      }
      sumLennardJones(terms, pairs, images, near, output);
      collectImages(images, output);
    },
    dispose() {},
  };
}

function lennardJonesTerms(
  epsilon: number,
  sigma: number,
  cutoff: number,
  cut: 'plain' | 'shifted' | 'switched',
  switchStart: number,
): LennardJonesTerms {
  const sixth = sigma ** 6;
  const attraction = 4 * epsilon * sixth;
  const repulsion = attraction * sixth;
  const atCutoff = repulsion / cutoff ** 12 - attraction / cutoff ** 6;
  return {
    repulsion,
    attraction,
    shift: cut === 'shifted' ? atCutoff : 0,
    cutoff,
    switchStart: cut === 'switched' ? switchStart : Number.POSITIVE_INFINITY,
  };
}

function checkOptions(options: Record<'epsilon' | 'sigma' | 'cutoff' | 'switchStart', number>): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new MdbenchError(
        'option-invalid',
        `Lennard-Jones: ${name} must be a positive number, not ${value}.`,
      );
    }
  }
  const { switchStart, cutoff } = options;
  if (switchStart >= cutoff) {
    throw new MdbenchError(
      'option-invalid',
      `Lennard-Jones: switching must begin below the cutoff of ${cutoff} Å, not at ${switchStart} Å.`,
    );
  }
}
