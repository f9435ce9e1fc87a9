// The elements an analytic force field has parameters for.

import { MdbenchError } from '../errors.js';
import { symbolOf } from '../system/index.js';
import type { System } from '../system/system.js';

/**
 * @param elements atomic numbers; null: any
 * @throws MdbenchError `unknown-element`, naming the first atom that is none of them
 */
export function checkElements(title: string, elements: readonly number[] | null, system: System): void {
  if (elements === null) return;
  const stranger = system.numbers.findIndex((number) => !elements.includes(number));
  if (stranger < 0) return;
  const symbol = symbolOf(system.numbers[stranger]);
  throw new MdbenchError(
    'unknown-element',
    `${title} has parameters for ${elements.map(symbolOf).join(', ')}; atom ${stranger + 1} of ${system.name} is ${symbol}.`,
    'Choose a system of these elements, or a force field that knows them all.',
  );
}
