// Stillinger–Weber silicon (Stillinger & Weber, Phys. Rev. B 31, 5262), with ε of the cohesive energy 4.3366 eV/atom
// (Balamane, Halicioglu & Tiller, Phys. Rev. B 46, 2250), the numbers most codes use. eV, Å.

import { MdbenchError } from '../errors.js';
import { checkElements } from './analytic-elements.js';
import { collectImages, createImages, placeImages } from './analytic-images.js';
import type { ForceField } from './force-field.js';
import { type NearBonds, type StillingerWeberTerms, sumStillingerWeber } from './stillinger-weber-kernel.js';

/** The published constants of silicon; exponents p = 4, q = 0 are fixed. */
const siliconParameters = {
  /** eV */
  epsilon: 2.1683,
  /** Å */
  sigma: 2.0951,
  a: 1.8,
  lambda: 21,
  gamma: 1.2,
  cosTheta0: -1 / 3,
  A: 7.049556277,
  B: 0.6022245584,
} as const;

export type StillingerWeberOptions = Partial<Record<keyof typeof siliconParameters, number>>;

/** @throws MdbenchError `option-invalid`; `prepare` throws `unknown-element` for anything but silicon */
export function createStillingerWeber(options: StillingerWeberOptions = {}): ForceField {
  const parameters = { ...siliconParameters, ...options };
  for (const [name, value] of Object.entries(parameters)) checkParameter(name, value);
  const terms = stillingerWeberTerms(parameters);
  const { cutoff } = terms;
  const images = createImages();
  const near: NearBonds = { pairs: new Int32Array(0), bonds: new Float64Array(0) };
  const title = 'Stillinger–Weber';
  return {
    description: {
      id: 'stillinger-weber',
      kind: 'stillinger-weber',
      title,
      cutoff,
      elements: [14],
      precision: 'float64',
      parameters: Object.keys(parameters).length,
      settings: { ...parameters, p: 4, q: 0 },
      file: null,
      binding: [],
      assumed: [],
    },
    neighbors: { cutoff, kind: 'full', trimmed: false },
    prepare: (system) => checkElements(title, [14], system),
    compute(system, pairs, output) {
      if (pairs === null) throw new MdbenchError('option-invalid', `${title} needs a full neighbor list.`);
      placeImages(images, system, pairs);
      if (near.pairs.length < images.widest) {
        near.pairs = new Int32Array(2 * images.widest);
        near.bonds = new Float64Array(12 * images.widest);
      }
      sumStillingerWeber(terms, pairs, images, near, output);
      collectImages(images, output);
    },
    dispose() {},
  };
}

function stillingerWeberTerms(
  parameters: Record<keyof typeof siliconParameters, number>,
): StillingerWeberTerms {
  const { epsilon, sigma, a, lambda, gamma, cosTheta0, A, B } = parameters;
  return {
    repulsion: A * epsilon * B * sigma ** 4,
    attraction: A * epsilon,
    bending: lambda * epsilon,
    cosine: cosTheta0,
    cutoff: a * sigma,
    pairDecay: sigma,
    tripleDecay: gamma * sigma,
  };
}

function checkParameter(name: string, value: number): void {
  const isRight = name === 'cosTheta0' ? Math.abs(value) <= 1 : value > 0 && Number.isFinite(value);
  if (isRight) return;
  const expected = name === 'cosTheta0' ? 'a cosine' : 'a positive number';
  throw new MdbenchError('option-invalid', `Stillinger–Weber: ${name} must be ${expected}, not ${value}.`);
}
