// Unlike things are not compared: what two arms were run with, key by key, and the refusal that names every difference.

import { MdbenchError } from '../errors.js';
import type { Workload } from '../result/campaign.js';
import type { Warning } from '../result/document.js';
import type { CaseSpec } from '../spec/index.js';

type Value = Workload[string];

export interface Difference {
  readonly key: string;
  /** Null: this arm does not say. */
  readonly baseline: Value;
  readonly candidate: Value;
}

/** What names the thing compared: allowed to differ. `tool` too, for versions of mdbench are compared by commands. */
const identityKeys = ['forceField', 'file', 'parameters', 'cutoff', 'tool', 'handicap'];

/** What must be the same, or be the axis. A key beyond these is the user's own and must be the same where both tell it. */
const conditionKeys = [
  'system',
  'atoms',
  'timestep',
  'temperature',
  'skin',
  'precision',
  'threads',
  'provider',
  'backend',
  'node',
  'onnxruntime',
];

/**
 * What keeps two workloads from being compared; empty: comparable. A condition that one arm alone tells counts as
 * different, a key of the user's own does not (see `untoldConditions`), nor does a precision that nobody knows.
 * @param axis the key that differs on purpose, also as `threads=1,2`
 */
export function differences(baseline: Workload, candidate: Workload, axis: string | null): Difference[] {
  return keysOf(baseline, candidate)
    .filter((key) => !identityKeys.includes(key) && key !== axisKey(axis))
    .filter(
      (key) => key !== 'precision' || !(isUnknown(baseline.precision) || isUnknown(candidate.precision)),
    )
    .filter((key) => conditionKeys.includes(key) || (key in baseline && key in candidate))
    .map((key) => ({ key, baseline: baseline[key] ?? null, candidate: candidate[key] ?? null }))
    .filter(differ);
}

/** The same of two cases before anything is measured: box, every setting of the dynamics, provider and threads. */
export function specDifferences(baseline: CaseSpec, candidate: CaseSpec, axis: string | null): Difference[] {
  const [before, now] = [conditionsOf(baseline), conditionsOf(candidate)];
  return keysOf(before, now)
    .filter((key) => key !== axisKey(axis))
    .map((key) => ({ key, baseline: before[key] ?? null, candidate: now[key] ?? null }))
    .filter(differ);
}

/** Keys of the user's own that one arm alone tells: nobody knows whether they differ. */
export function untoldConditions(baseline: Workload, candidate: Workload): Warning | null {
  const keys = keysOf(baseline, candidate).filter(
    (key) => ![...identityKeys, ...conditionKeys].includes(key) && key in baseline !== key in candidate,
  );
  return keys.length === 0 ? null : { code: 'workload-untold', values: { keys: keys.join(', ') } };
}

/** Another program computes in a precision of its own: whether the other side has the same cannot be asked. */
export function unknownPrecision(baseline: Workload, candidate: Workload): Warning | null {
  const unknown = [baseline.precision, candidate.precision].filter(isUnknown);
  return unknown.length === 1 ? { code: 'precision-unknown', values: {} } : null;
}

/** @throws MdbenchError(incomparable) naming every difference and the option that allows it */
export function refuseUnlike(
  found: readonly Difference[],
  labels: { readonly baseline: string; readonly candidate: string } = {
    baseline: 'the baseline',
    candidate: 'the candidate',
  },
): void {
  if (found.length === 0) return;
  const once = found.filter(({ key }, k) => found.findIndex((other) => other.key === key) === k);
  const listed = once.map(
    ({ key, baseline, candidate }) =>
      `${key} (${said(baseline)} in ${labels.baseline}, ${said(candidate)} in ${labels.candidate})`,
  );
  throw new MdbenchError(
    'incomparable',
    `Unlike things are not compared; these differ in ${listed.join('; ')}.`,
    once.length === 1
      ? `Run both alike, or say that this is what is compared: ${axisOption(once[0])}`
      : `Run both alike. One difference can be what is compared: ${once.map(axisOption).join(' or ')}`,
  );
}

/** What an arm says that it does not know, unlike what it does not say. */
function isUnknown(value: Value | undefined): boolean {
  return value === null;
}

function differ({ baseline, candidate }: Difference): boolean {
  return baseline !== candidate;
}

function keysOf(baseline: Workload, candidate: Workload): string[] {
  return [...new Set([...Object.keys(baseline), ...Object.keys(candidate)])];
}

function axisKey(axis: string | null): string | undefined {
  return axis?.split('=')[0]?.trim();
}

function conditionsOf({ system, dynamics, forceField }: CaseSpec): Workload {
  const box = 'name' in system ? system.name : `${system.structure} ${system.repeat.join('x')}`;
  const { pressure = null, barostatTime = null, compressibility = null, ...rest } = dynamics;
  const barostat = { pressure, barostatTime, compressibility };
  return { system: box, ...rest, ...barostat, provider: forceField.provider, threads: forceField.threads };
}

/** Only what a force field can be told to use takes values. */
function axisOption({ key, baseline, candidate }: Difference): string {
  const told = key === 'provider' || key === 'threads';
  return told ? `--axis ${key}=${said(baseline)},${said(candidate)}` : `--axis ${key}`;
}

function said(value: Value): string {
  return value === null ? 'unknown' : String(value);
}
