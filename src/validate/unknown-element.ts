// Elements that it does not know are refused by name, and those that it says it knows are taken.

import { asMdbenchError, MdbenchError } from '../errors.js';
import { symbolOf } from '../system/index.js';
import { loneAtom } from './clusters.js';
import { type Examination, type Finding, type Item, skipped } from './examination.js';

/** Where nothing is said: from rare to none that any training set has. */
const strangers = [54, 86, 94, 118];
/** Elements that are tried of those that it names, spread over them: the ends of an embedding are among them. */
const triedAtMost = 10;

/**
 * No number is judged: an element is refused (`unknown-element`, or by the model itself) or it is not. Where the file
 * names no elements, taking an unlikely one is a warning, for nobody can know what its energy means.
 */
export const unknownElement: Item = {
  id: 'unknown-element',
  needs: [],
  async run(examination) {
    const { known, examinee } = examination;
    const { binding } = examinee.forceField.description;
    if (binding.length > 0 && !binding.some(({ role }) => role === 'species')) return skipped('no-species');
    // Its own input names the elements: what it is asked for cannot be told to it.
    if (examinee.forceField.external?.isToldElements === false) return skipped('fixed-atoms');
    return known === null ? undeclared(examination) : declared(examination, known);
  },
};

async function declared(examination: Examination, known: readonly number[]): Promise<Finding> {
  const step = Math.max(1, (known.length - 1) / (triedAtMost - 1));
  const tried = known.filter((_, k) => k === Math.round(Math.round(k / step) * step));
  for (const number of tried) {
    const outcome = await outcomeOf(examination, number);
    if (outcome !== 'taken')
      return verdict('fail', { kind: 'known-refused', element: symbolOf(number), outcome });
  }
  const number = strangers.concat(1, 2, 3).find((one) => !known.includes(one));
  if (number === undefined) return skipped('knows-all');
  const outcome = await outcomeOf(examination, number);
  return outcome === 'refused'
    ? verdict('pass', { kind: 'refused', element: symbolOf(number), tried: tried.length })
    : verdict('fail', { kind: 'unknown-taken', element: symbolOf(number), outcome });
}

async function undeclared(examination: Examination): Promise<Finding> {
  for (const number of strangers) {
    const outcome = await outcomeOf(examination, number);
    if (outcome === 'not-finite')
      return verdict('fail', { kind: 'unknown-taken', element: symbolOf(number), outcome });
    if (outcome === 'taken') return verdict('warn', { kind: 'undeclared-taken', element: symbolOf(number) });
  }
  return verdict('pass', { kind: 'refused-by-model', element: symbolOf(strangers[0]) });
}

/** `failed`: the model broke in its call. */
async function outcomeOf(
  { examinee, place }: Examination,
  number: number,
): Promise<'taken' | 'not-finite' | 'refused' | 'failed'> {
  try {
    const { energy, forces } = await examinee.evaluate(place(loneAtom(number)));
    return Number.isFinite(energy) && forces.every(Number.isFinite) ? 'taken' : 'not-finite';
  } catch (error) {
    const { code } = asMdbenchError(error);
    if (!(error instanceof MdbenchError)) throw error;
    return code === 'unknown-element' ? 'refused' : 'failed';
  }
}

function verdict(status: Finding['status'], values: Finding['values']): Finding {
  return { status, value: null, unit: '', tolerance: null, values };
}
