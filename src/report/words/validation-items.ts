// The items of an examination in words: their names, and what a failure, a warning or a remarkable pass means.

import type { ValidationItem } from '../../result/validation.js';
import { quantity, significantDigits } from '../format.js';

type Values = ValidationItem['values'];

export interface ItemSentences {
  readonly title: string;
  /** A word where no number was judged. */
  readonly found?: (item: ValidationItem) => string | null;
  /** Null where the number says it all. */
  readonly told: (item: ValidationItem) => string | null;
}

const nowhereNumber = 'energy or forces are not finite numbers.';

function onFailure(text: (values: Values) => string): ItemSentences['told'] {
  return ({ status, value, values }) => {
    if (status === 'pass') return null;
    return value === null && values.finite === false ? nowhereNumber : text(values);
  };
}

export const itemSentences: Readonly<Record<string, ItemSentences>> = {
  repeatable: {
    title: 'Twice the same',
    told: ({ status, values }) => {
      if (status === 'fail')
        return Number(values.oneThread) > 0
          ? 'the same call gives other numbers each time, on one thread.'
          : `on ${values.threads} threads the same call gives other numbers each time: threads race for a sum. Use one thread.`;
      return values.several === null
        ? 'it refuses more than one thread; on one it repeats bit for bit.'
        : null;
    },
  },
  translation: {
    title: 'Translation',
    told: onFailure(() => 'energy or forces change where all atoms are moved by one vector.'),
  },
  rotation: {
    title: 'Rotation',
    told: onFailure(() => 'energy or forces do not follow where atoms and cell are turned.'),
  },
  inversion: {
    title: 'Inversion',
    told: onFailure(() => 'a mirrored system has another energy or other forces.'),
  },
  permutation: {
    title: 'Order of atoms',
    told: onFailure(
      () =>
        'energy or forces depend on the order of like atoms or of their neighbors. Sums over neighbors that were exported as a scatter which keeps the last one do that (pytorch issue 111159).',
    ),
  },
  'second-size': {
    title: 'Another number of atoms',
    found: ({ values }) => (typeof values.fixedAtoms === 'number' ? 'fixed' : null),
    told: ({ status, value, values }) => {
      if (typeof values.fixedAtoms === 'number')
        return `the file is of ${values.fixedAtoms} atoms and no others.`;
      if (status === 'pass') return null;
      if (values.numb === true)
        return `of ${values.atoms} atoms those beyond the first size feel no force: their number is baked into the file.`;
      return value === null
        ? nowhereNumber
        : `with ${values.atoms} atoms the energy an atom is another one: their number is baked into the file.`;
    },
  },
  supercell: {
    title: 'Twice the system',
    told: onFailure(({ copies }) =>
      copies === 'apart'
        ? 'two copies too far apart to feel each other do not have twice the energy and the same forces.'
        : 'two cells do not have twice the energy and the same forces.',
    ),
  },
  'periodic-images': {
    title: 'Periodic images',
    told: onFailure(({ leaning }) =>
      leaning
        ? 'energy or forces change where atoms are moved by lattice vectors of a cell that is not orthorhombic; if it takes no such cell, its manifest says { "pbc": "orthorhombic" }.'
        : 'energy or forces change where atoms are moved by lattice vectors.',
    ),
  },
  gradient: {
    title: 'Forces are the gradient',
    told: ({ status, value, values }) => {
      if (status === 'pass') return gradientDetail(values);
      if (value === null && values.nature === 'single')
        return `in double they are, but as it runs they differ from that by ${digits(values.singleError)} eV/Å.`;
      return natures[String(values.nature)]?.(values) ?? nowhereNumber;
    },
  },
  'net-force': {
    title: 'Net force',
    told: onFailure(() => 'the forces do not sum to zero: the system pushes itself.'),
  },
  torque: {
    title: 'Torque',
    told: onFailure(() => 'a system in the open turns itself.'),
  },
  stress: {
    title: 'Virial and strain',
    told: ({ status, value, values }) => {
      if (status === 'pass') return null;
      if (value === null) return 'the virial is not finite.';
      return values.nature === 'sign'
        ? 'the virial is plus the strain derivative of the energy: its sign is turned.'
        : `the virial is not minus the strain derivative of the energy${values.nature === 'scaled' ? '; a factor, or the unit of the volume, is wrong' : ''}.`;
    },
  },
  'cutoff-smoothness': {
    title: 'Smooth at the cutoff',
    told: ({ status, value, values }) => {
      const who = `${values.first}–${values.second} (${values.shape})`;
      if (status === 'pass') return null;
      if (value === null) return `${who}: ${nowhereNumber}`;
      return status === 'fail'
        ? `the energy of ${who} jumps at ${digits(values.distance, 4)} Å; energy cannot be conserved.`
        : `the energy is continuous; the force of ${who} jumps by ${digits(values.forceJump)} eV/Å at ${digits(values.distance, 4)} Å.`;
    },
  },
  'isolated-atom': {
    title: 'An atom alone',
    told: onFailure(({ element }) => `a lone ${element} atom is pushed by nothing.`),
  },
  'unknown-element': {
    title: 'Unknown elements',
    found: ({ values }) => foundElements[String(values.kind)] ?? null,
    told: ({ values }) => elementSentences[String(values.kind)]?.(values) ?? null,
  },
  'short-distance': {
    title: 'Short distances',
    found: ({ status, values }) =>
      status === 'pass' && typeof values.wall === 'number'
        ? `wall of ${quantity(values.wall, 'eV', 2)}`
        : null,
    told: ({ status, value, values }) => {
      const pair = `${values.first}–${values.second}`;
      const at = `${digits(values.distance, 2)} Å`;
      if (value === null) return `${pair} at ${at}: ${nowhereNumber}`;
      if (status !== 'pass') return `${pair} attracts at ${at}: hot atoms may fall into a hole.`;
      return typeof values.wall === 'number'
        ? `${pair} attracts at ${at}, behind a wall of ${quantity(values.wall, 'eV', 2)} that dynamics do not climb.`
        : null;
    },
  },
  'unit-probe': {
    title: 'Units',
    told: ({ status, value, values }) => {
      const well = `${values.first}–${values.second} has its well at ${digits(value)} Å, ${digits(values.depth)} eV deep (known: ${digits(values.knownDistance)} Å, ${digits(values.knownDepth)} eV)`;
      return status === 'pass'
        ? `${well}.`
        : `${well}: it looks as if the file were in ${values.length} and ${values.energy}. Declare the units in its manifest.`;
    },
  },
};

function gradientDetail({ order, precision }: Values): string | null {
  if (precision !== 'float64')
    return 'tested in single precision, where small errors hide in the rounding of the energy.';
  return typeof order === 'number'
    ? `tested in double; differences converge with order ${order.toFixed(2)} of the step.`
    : null;
}

const natures: Readonly<Record<string, (values: Values) => string>> = {
  direct: () =>
    'a direct force model: no energy at all has these forces (their derivatives are not symmetric). Energy is not conserved by any integrator.',
  scaled: ({ factor }) => {
    const share = Math.abs(Number(factor) - 1);
    return share < 1e-3
      ? `the forces differ from the gradient of the energy by ${digits(100 * share, 2)} %.`
      : `the forces are ${digits(factor, 4)} times the gradient of the energy.`;
  },
  other: () => 'the forces are not the gradient of this energy.',
};

const foundElements: Readonly<Record<string, string>> = {
  refused: 'refused',
  'refused-by-model': 'refused',
  'undeclared-taken': 'taken',
  'unknown-taken': 'taken',
  'known-refused': 'refused',
};

const elementSentences: Readonly<Record<string, (values: Values) => string | null>> = {
  'refused-by-model': ({ element }) =>
    `the file does not say which elements it knows; ${element} is refused by the model itself.`,
  'undeclared-taken': ({ element }) =>
    `the file does not say which elements it knows, and takes ${element} too: what it gives for an element that it never learned means nothing.`,
  'unknown-taken': ({ element, outcome }) =>
    outcome === 'taken'
      ? `${element}, which it does not know, is taken without a word.`
      : `${element}, which it does not know, is not refused: the model breaks on it.`,
  'known-refused': ({ element, outcome }) =>
    `${element}, which it says it knows, ${outcome === 'not-finite' ? 'has no finite energy' : 'is refused'}.`,
};

function digits(value: unknown, significant = 3): string {
  return typeof value === 'number' ? significantDigits(value, significant) : '–';
}
