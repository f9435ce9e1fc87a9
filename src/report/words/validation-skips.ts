// Why an item of an examination was not examined.

import type { ValidationItem } from '../../result/validation.js';
import { quantity } from '../format.js';

const reasons: Readonly<Record<string, (values: ValidationItem['values']) => string>> = {
  'not-periodic': () => 'because the system has open boundaries',
  'not-virial': () => 'because the force field gives no virial',
  'fixed-atoms': () => 'because its file, or the input of its program, fixes the atoms',
  'no-like-atoms': () => 'because the system has no two atoms of one element',
  'too-coarse': ({ noise }) =>
    `because the rounding of its energy would hide an error of ${typeof noise === 'number' ? quantity(noise, 'eV/Å', 2) : 'that size'}`,
  'no-species': () => 'because its file takes no species',
  'knows-all': () => 'because it knows every element',
  'no-diatomic': () => 'because it knows no pair of elements with a published well',
  'no-known-well': () => 'because no pair that it knows has a well that any unit would explain',
  'open-boundaries-only': () => 'because it takes open boundaries only',
  'cell-too-small': () => 'because the cell would be too small for its own neighbor search',
  'structure-invalid': () => 'because it does not take such a cell',
  'unknown-element': () => 'because it does not know the element',
};

/** `because …`, to end a sentence. */
export function skipReason(values: ValidationItem['values']): string {
  const { reason } = values;
  const words = typeof reason === 'string' && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  return words ? words(values) : `because of ${String(reason ?? 'an unknown reason')}`;
}

export const skipReasons: readonly string[] = Object.keys(reasons);
