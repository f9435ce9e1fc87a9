// A check in words: the verdict in one line, how it was measured, and what to do next.

import type { PairedCampaign } from '../../result/campaign.js';
import type { ResultDocument } from '../../result/document.js';
import type { CheckResult, GateResult } from '../../result/judgement.js';
import { counted, quantity } from '../format.js';
import { countGates, describeGate } from './gates.js';
import type { Tone } from './measured.js';
import { describeGrade } from './plan.js';

export interface CheckWords {
  readonly tone: Tone;
  /** `PASSED`, `FAILED`, `INCONCLUSIVE`, `SKIPPED`, `ERROR`. */
  readonly word: string;
  /** One line, without the word. */
  readonly text: string;
  /** What to do, the most important first; empty when all passed. */
  readonly next: readonly string[];
}

const words: Record<CheckResult['verdict'], { tone: Tone; word: string }> = {
  pass: { tone: 'pass', word: 'PASSED' },
  fail: { tone: 'fail', word: 'FAILED' },
  inconclusive: { tone: 'inconclusive', word: 'INCONCLUSIVE' },
  error: { tone: 'fail', word: 'ERROR' },
};

const skipped = { tone: 'inconclusive', word: 'SKIPPED' } as const;

/** Stopped before the gates that are not decided were looked at: no verdict, not even an uncertain one. */
function isSkipped({ verdict, gates }: CheckResult): boolean {
  return verdict === 'inconclusive' && !gates.some(({ state }) => state === 'inconclusive');
}

export const checkTitle = 'mdbench check';
export const gateColumns = ['gate', 'measured', 'limit', 'could see'] as const;

export function describeCheck(check: CheckResult): CheckWords {
  const { tone, word } = isSkipped(check) ? skipped : words[check.verdict];
  return { tone, word, text: verdictText(check), next: nextSteps(check) };
}

/** `Candidate silicon-student against baseline silicon-student.` */
export function describeArms({ baseline, candidate, mode }: CheckResult): string {
  const stored = mode === 'stored' ? 'the stored baseline' : 'baseline';
  return `Candidate ${candidate} against ${stored} ${baseline}.`;
}

/** How a campaign was measured, in one line. */
export function describeCampaign({
  id,
  pairs,
  design,
  status,
  elapsed,
  machine,
  rerun,
}: PairedCampaign): string {
  const done =
    pairs.length === design.pairs
      ? counted(pairs.length, 'process pair')
      : `${pairs.length} of at most ${counted(design.pairs, 'process pair')}`;
  const ended = { complete: '', aborted: ', stopped before the end', failed: ', broken off by a failure' }[
    status
  ];
  const again = rerun ? ', the declared rerun' : '';
  return `${id}: ${done} in ${quantity(elapsed / 1000, 's', 2)}${ended}${again}. ${describeGrade(machine).short}`;
}

/** What is left out of a list that would be too long. */
export function describeMoreGates(gates: readonly GateResult[]): string {
  return `${counted(gates.length, 'more gate')} (${countGates(gates)}): see the report.`;
}

function verdictText(check: CheckResult): string {
  const { gates, verdict } = check;
  const counts = countGates(gates);
  const deciding = gates.filter((gate) => decides(gate, verdict));
  const [first] = deciding;
  const others = deciding.length > 1 ? ` and ${counted(deciding.length - 1, 'more gate')}` : '';
  const stored = check.indicative ? ' Indicative only: the baseline was not measured in this job.' : '';
  if (verdict === 'pass') return `${passText(check, counts)}${stored}`;
  if (!first) return `${counts}.${stored}`;
  const { name, text, estimate, limit } = describeGate(first);
  const why = first.estimate ? `${estimate}, ${limit} (${counts}).` : `${text} (${counts})`;
  return `${name}${others}: ${why}${stored}`;
}

function passText({ gates }: CheckResult, counts: string): string {
  const warned = gates.filter((gate) => gate.severity === 'warn' && gate.state === 'failed').length;
  const unanimous = gates.length > 0 && gates.every(({ state }) => state === 'passed');
  const kept = unanimous
    ? gates.length === 1
      ? 'The gate is kept.'
      : `All ${gates.length} gates are kept.`
    : `No gate stops it: ${counts}.`;
  return warned === 0
    ? kept
    : `${kept} ${warned === 1 ? 'One that failed only warns' : `${warned} that failed only warn`}.`;
}

/** The gates that made the verdict what it is. What could not be measured counts whatever it would have led to. */
function decides({ state, severity }: GateResult, verdict: CheckResult['verdict']): boolean {
  const states = { pass: [], fail: ['failed'], error: ['error'], inconclusive: ['inconclusive', 'skipped'] };
  const counts = severity === 'error' || state === 'error';
  return counts && (states[verdict] as readonly string[]).includes(state);
}

function nextSteps({ gates }: CheckResult): string[] {
  const order = ['failed', 'error', 'inconclusive'] as const;
  const advice = order.flatMap((state) =>
    gates.filter((gate) => gate.state === state).flatMap((gate) => describeGate(gate).advice ?? []),
  );
  return [...new Set(advice)].slice(0, 3);
}

/** The outcome of a document without gates, for outputs that name one. */
export function verdictOf({ check }: ResultDocument): string {
  return check?.verdict ?? 'none';
}
