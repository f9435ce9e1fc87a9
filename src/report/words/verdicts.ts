// Verdicts in words: drift, memory, speed of one case, with the numbers that decide.

import type { CaseResult } from '../../result/document.js';
import { count, counted } from '../format.js';
import { completedSteps } from '../input.js';
import { describeDriftOf } from './drift.js';
import { sentenceCase, type Tone, type VerdictWords, withInterval } from './measured.js';
import { brokeOff } from './states.js';
import { driftCause, physicsVerdict } from './validation.js';

export const toneMark: Record<Tone, string> = {
  pass: '✓',
  warn: '!',
  fail: '✗',
  inconclusive: '?',
  none: 'i',
};

/** The verdicts of one case, the most important first. */
export function describeVerdicts(result: CaseResult): VerdictWords[] {
  const all = [
    blamed(describeDriftOf(result, partOf(result)), result.validation),
    physicsVerdict(result.validation),
    ...describeMemory(result),
    describeNeighbors(result),
  ];
  return all.filter((one) => one !== null);
}

/** Where the examination found why energy cannot be conserved, a drift is not the integrator's. */
export function blamed(
  drift: VerdictWords | null,
  validation: CaseResult['validation'],
): VerdictWords | null {
  const cause = validation && driftCause(validation);
  if (!drift || !cause || drift.tone === 'none' || drift.tone === 'pass') return drift;
  return { ...drift, text: `${drift.text} ${cause}` };
}

/** `412 of 1000 steps` of a case that broke off; null for a whole run. */
function partOf(result: CaseResult): string | null {
  if (!brokeOff(result)) return null;
  const { steps, seeds } = result.dynamics;
  return `${count(completedSteps(result))} of ${counted(steps * seeds, 'step')}`;
}

function describeMemory(result: CaseResult): (VerdictWords | null)[] {
  return [
    memoryVerdict('Memory', result, 'rss-slope', 'resident memory'),
    memoryVerdict('JavaScript heap', result, 'heap-slope', 'the JavaScript heap'),
  ].filter((one, index) => index === 0 || (one !== null && one.tone !== 'pass' && one.tone !== 'none'));
}

function memoryVerdict(subject: string, result: CaseResult, id: string, what: string): VerdictWords | null {
  const metric = result.metrics[id];
  if (!metric || metric.value === null) return null;
  const indicative = metric.warnings.some((one) => /indicative/.test(one.code));
  const state = metric.verdict?.state ?? 'none';
  const measured = withInterval(metric);
  const wants = brokeOff(result) ? '' : ': a trend wants at least 10 000 steps';
  const note = indicative ? ` Indicative only${wants}.` : '';
  const words: Record<Tone, [string, string]> = {
    pass: ['stable', `No growth of ${what} beyond the limit: ${measured}.`],
    warn: ['grows slightly', `The trend of ${what} is ${measured}.`],
    fail: ['grows', `${sentenceCase(what)} grows with every step: ${measured}.`],
    inconclusive: [
      'inconclusive',
      `The trend of ${what} is ${measured}; this run is too short to call it stable or growing.`,
    ],
    none: ['indicative', `The trend of ${what} is ${measured}.`],
  };
  const [short, text] = words[state];
  return {
    subject,
    tone: state,
    short: state === 'none' && !indicative ? 'trend' : short,
    text: text + note,
  };
}

function describeNeighbors(result: CaseResult): VerdictWords | null {
  const rebuilds = result.metrics['neighbor-rebuilds']?.value ?? null;
  const dangerous = result.metrics['dangerous-builds']?.value ?? null;
  if (rebuilds === null || dangerous === null) return null;
  const subject = 'Neighbor list';
  const built = rebuilds === 1 ? 'rebuilt once' : `rebuilt ${count(rebuilds)} times`;
  if (rebuilds === 0) {
    return {
      subject,
      tone: 'pass',
      short: 'no rebuild',
      text: 'No atom moved far enough for the list to be rebuilt.',
    };
  }
  if (dangerous > 0) {
    return {
      subject,
      tone: 'warn',
      short: 'dangerous builds',
      text: `The list was ${built}; ${count(dangerous)} of the rebuilds came late: a pair may have been missed.${brokeOff(result) ? '' : ' Raise the skin.'}`,
    };
  }
  return {
    subject,
    tone: 'pass',
    short: 'no dangerous build',
    text: `The list was ${built}, never too late.`,
  };
}
