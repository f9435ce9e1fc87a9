// One gate in words: what was asked, what was measured, why it stands as it does, and what to do.

import type { GateResult, GateState } from '../../result/judgement.js';
import { boundOf, estimateOf, limitOf, share, sightOf } from './gate-numbers.js';
import type { Tone } from './measured.js';
import { reader, type Values } from './warning-values.js';
import { describeWarning } from './warnings.js';

const gateMark: Record<GateState, string> = {
  passed: '✓',
  failed: '✗',
  skipped: '–',
  inconclusive: '?',
  error: '!',
};

/** A failed gate that only warns has the tone of a warning: see `gateTone`. */
const stateTone: Record<GateState, Tone> = {
  passed: 'pass',
  failed: 'fail',
  skipped: 'none',
  inconclusive: 'inconclusive',
  error: 'fail',
};

export interface GateWords {
  /** `silicon-student/si64/step-time-p50`, or the pattern where it matched nothing. */
  readonly name: string;
  readonly mark: string;
  readonly state: GateState;
  readonly tone: Tone;
  /** `+5.1 % (4.2 to 6.0)`, `0.012 meV/atom/ps (−0.28 to 0.30)`, or `–`. */
  readonly estimate: string;
  /** `at most +3 %`, `at most 0.05 meV/atom/ps`; and short, for a table: `≤ +3 %`, `≤ 0.05`. */
  readonly limit: string;
  readonly bound: string;
  /** `4.2 %`: the smallest change that could have been seen; `–` where none is known. */
  readonly detectable: string;
  /** Why, in a sentence or two. */
  readonly text: string;
  readonly advice: string | null;
}

interface GateValues extends Values {
  share(name: string): string;
}
type Sentence = (
  gate: GateResult,
  values: GateValues,
) => readonly [text: string, advice?: string | undefined];

const moreTime = 'Give it more time (--time-budget, --pairs) or a machine with nothing else to do.';
const moreSeeds = 'More steps or more seeds (--steps, --seeds) would narrow the interval.';

const reasons: Record<string, Sentence> = {
  'regression-seen': (gate) => [
    (gate.estimate?.value ?? 0) > gate.limit
      ? `Slower than the baseline: ${estimateOf(gate)}, where ${share(gate.limit)} is tolerated.`
      : `Certainly slower than the baseline, ${estimateOf(gate)}, and by more than half of the tolerated ${share(gate.limit)}.`,
    'Find the change that costs the time, or raise the tolerance (maxRegression) if it is meant.',
  ],
  'no-regression': (gate) => [`Not slower by ${share(gate.limit)} or more: ${estimateOf(gate)}.`],
  undecided: (gate) => [
    `Not decided: ${estimateOf(gate)} neither shows a slowdown nor rules out one of ${share(gate.limit)}.${sight(gate)}`,
    moreTime,
  ],
  'few-pairs': (gate, v) => [
    `Not decided: ${v.counted('pairs', 'process pair')}, where the first decision is made from ${v.number('needed')}.${sight(gate)}`,
    moreTime,
  ],
  unsteady: (_, v) => [
    `Not decided: ${v.share('share')} of the worker processes reached no steady state; at most ${v.share('limit')} may.`,
    'Run on a machine with nothing else to do, without frequency scaling.',
  ],
  contaminated: (_, v) => [
    `Not decided: the control workload, which never changes, shifted by ${v.size('shift', '%')} and scattered by ${v.size('spread', '%')} while this was measured.`,
    'Something else used the machine: run the check again when it is quiet.',
  ],
  aborted: (_, v) => [
    v.text('pairs') === '0'
      ? 'Stopped before anything of it was measured.'
      : `Stopped after ${v.counted('pairs', 'process pair')}: nothing is decided from a part.`,
  ],
  'campaign-failed': (_, v) => [broke('Its measurement broke off', v), lookAtFailure],
  'case-failed': (_, v) => [broke('Its case failed', v), lookAtFailure],
  'examination-failed': (_, v) => [broke('Its examination failed', v), lookAtFailure],
  'case-skipped': () => ['Its case was not run.'],
  inside: (gate) => [`${estimateOf(gate)}, ${limitOf(gate)}.`],
  outside: (gate) => [
    `${estimateOf(gate)}, where the limit is ${limitOf(gate)}.`,
    gate.rule === 'maxRegression'
      ? 'Find the change that costs it, or raise the tolerance (maxRegression) if it is meant.'
      : 'Look at this number in the report before moving the limit.',
  ],
  straddles: (gate) => [
    `Not decided: the interval of ${estimateOf(gate)} reaches across the limit, ${limitOf(gate)}.`,
    moreSeeds,
  ],
  'within-run-only': (gate) => [
    `Not decided: ${estimateOf(gate)} lies beyond ${limitOf(gate)}, but by the scatter within single runs alone, which does not hold what changes from process to process.`,
    'Run with --seeds 8 for an interval over independent processes.',
  ],
  'no-interval': (gate) => [
    `Not decided: ${estimateOf(gate)} has no interval to judge it by; asked was ${limitOf(gate)}.`,
    moreSeeds,
  ],
  'no-value': (gate, v) => [
    v.has('cause')
      ? notMeasured(v.text('cause'))
      : gate.rule === 'maxRegression'
        ? 'Not measured: no process pair was finished in the time that it had.'
        : 'Not measured.',
    gate.rule === 'maxRegression' && !v.has('cause') ? moreTime : 'Look at the warnings of its case.',
  ],
  'no-baseline-value': () => [
    'The baseline has no value above 0 of it: there is nothing to compare with.',
    'Gate it by max or min instead.',
  ],
  'no-direction': () => [
    'Neither more nor less of it is better: it cannot regress.',
    'Gate it by max or min instead of maxRegression.',
  ],
  indicative: (gate, v) => [
    `${againstStored(gate)} (${v.counted('runs', 'new run')} against ${v.number('stored')} stored).`,
    gate.state === 'passed'
      ? undefined
      : 'Only a baseline measured in the same job can fail a build: check with --baseline and --candidate.',
  ],
  unmatched: (gate) => [
    `No metric fits the pattern ${gate.pattern}.`,
    'A pattern is <force field>/<system>/<metric> or <force field>/<metric>; * stands for any run of characters.',
  ],
};
const lookAtFailure = 'Nothing was judged: mend what failed and run the check again.';

/** The codes of reasons that have a sentence. */
export const gateReasonCodes: readonly string[] = Object.keys(reasons);

export function describeGate(gate: GateResult): GateWords {
  const [text, advice] = reasonOf(gate);
  const warnsOnly = gate.severity === 'warn' && gate.state === 'failed';
  return {
    name: gate.metric ?? gate.pattern,
    mark: warnsOnly ? '!' : gateMark[gate.state],
    state: gate.state,
    tone: warnsOnly ? 'warn' : stateTone[gate.state],
    estimate: gate.estimate ? estimateOf(gate) : '–',
    limit: limitOf(gate),
    bound: boundOf(gate),
    detectable: gate.detectable === null ? '–' : sightOf(gate.detectable),
    text: warnsOnly ? `${text} This gate only warns.` : text,
    advice: advice ?? null,
  };
}

/** `2 passed, 1 failed`: every state that occurs, by name. */
export function countGates(gates: readonly Pick<GateResult, 'state'>[]): string {
  if (gates.length === 0) return 'no gate';
  const counts = new Map<GateState, number>();
  for (const { state } of gates) counts.set(state, (counts.get(state) ?? 0) + 1);
  const order = ['failed', 'error', 'inconclusive', 'passed', 'skipped'] as const;
  const names: Record<GateState, (n: number) => string> = {
    failed: (n) => `${n} failed`,
    error: (n) => `${n} in error`,
    inconclusive: (n) => `${n} inconclusive`,
    passed: (n) => `${n} passed`,
    skipped: (n) => `${n} skipped`,
  };
  return order.flatMap((state) => (counts.has(state) ? names[state](counts.get(state)!) : [])).join(', ');
}

function reasonOf(gate: GateResult): readonly [text: string, advice?: string | undefined] {
  const { code, values } = gate.reason;
  const known = gate.metric === null && !Object.hasOwn(reasons, code) ? 'unmatched' : code;
  if (Object.hasOwn(reasons, known)) return reasons[known]!(gate, valuesOf(values));
  const details = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return [`Reason ${[code, ...details].join(', ')}.`];
}

function sight({ detectable }: GateResult): string {
  return detectable === null ? '' : ` It could have seen a slowdown of ${sightOf(detectable)}.`;
}

function againstStored(gate: GateResult): string {
  const measured = estimateOf(gate);
  if (gate.state === 'failed') {
    return `Slower than the stored baseline: ${measured}, where ${share(gate.limit)} is tolerated; an indication, for the machine may have changed since`;
  }
  return gate.state === 'passed'
    ? `Not slower than the stored baseline by ${share(gate.limit)} or more: ${measured}`
    : `Not decided against the stored baseline: ${measured}, ${share(gate.limit)} is tolerated`;
}

function broke(what: string, v: Values): string {
  const known = ['message', 'cause'].find((name) => v.has(name));
  return known ? `${what}: ${v.sentence(known)}` : `${what}.`;
}

/** Null is a value that is not there. */
function valuesOf(values: GateResult['reason']['values']): GateValues {
  const there = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const shareOf = (value: unknown) => (typeof value === 'number' ? share(value) : '?');
  return { ...reader(there), share: (name) => shareOf(there[name]) };
}

/** The sentence of the metric's own warning, where it needs no values. */
function notMeasured(cause: string): string {
  const { text } = describeWarning({ code: cause, values: {} });
  return /^Warning |\?/.test(text) ? `Not measured (${cause}).` : text;
}
