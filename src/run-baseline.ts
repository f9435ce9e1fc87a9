// Stored baselines: fresh processes of one arm kept under a name, and new ones held against them. Indicative, never failing.

import { resolve } from 'node:path';
import { compareStored, judgeGates, refuseUnlike, specDifferences } from './compare/index.js';
import { MdbenchError } from './errors.js';
import { withClients } from './forcefield/index.js';
import { type CampaignArm, measureSolo, now, readEnvironment, timestamp } from './measure/index.js';
import {
  type CheckResult,
  checkBaselineName,
  type Fingerprint,
  fingerprintOf,
  readBaseline,
  type StoredBaseline,
  type Workload,
  writeBaseline,
} from './result/index.js';
import { beginDocument, closeDocument, newDocument } from './run-cases.js';
import { type CheckedSide, defaultTolerance } from './run-check-plan.js';
import type { FlowOptions } from './run-flow.js';
import { type RunOutcome, writeReports } from './run-outcome.js';
import { planSubjects } from './run-subjects.js';
import { type CaseSpec, defaultGates, type Gate, systemLabel } from './spec/index.js';
import { quantile } from './stats/index.js';
import { version } from './version.js';

/** Below this a stored baseline is not judged by; as many are stored unless told. */
const fewestRuns = 10;
/** ms that new runs against a stored baseline may take, unless told. */
const minute = 60_000;

export interface SaveBaselineOptions
  extends Pick<FlowOptions, 'systems' | 'dynamics' | 'signal' | 'patience' | 'onPairs' | 'onAwaited'> {
  readonly name: string;
  readonly arm: CheckedSide;
  /** Fresh processes; 10 by default. */
  readonly runs?: number | undefined;
  /** Folder of the store; .mdbench/baselines by default. */
  readonly store?: string | undefined;
}

/**
 * Measures one arm alone and stores it, in the place of an older one of that name.
 * @throws MdbenchError for misuse; `measurement-failed`; `aborted`: nothing is stored then
 */
export async function saveBaseline(
  options: SaveBaselineOptions,
): Promise<{ readonly baseline: StoredBaseline; readonly path: string }> {
  checkBaselineName(options.name);
  const arm = armOf(options.arm, options);
  const { signal, patience, onPairs } = options;
  const paired = { signal, patience, onProgress: onPairs };
  const runs = options.runs ?? fewestRuns;
  const measured = await withClients(clientsOf(arm), options, () => measureSolo(arm, runs, paired));
  const { workload, segmentSteps } = measured[0];
  const controlTime = controlOf(measured);
  const environment = readEnvironment();
  const baseline: StoredBaseline = {
    baselineVersion: 1,
    name: options.name,
    createdAt: timestamp(),
    tool: { name: 'mdbench', version },
    environment,
    fingerprint: fingerprintOf({ environment, tool: version, workload, controlTime }),
    controlTime,
    arm: {
      label: arm.label,
      spec: arm.spec,
      command: arm.command && [...arm.command],
      workload,
      segmentSteps,
    },
    runs: measured.map(({ seed, metrics, control, worker }) => ({
      seed,
      metrics: { ...metrics },
      control,
      worker,
    })),
  };
  return { baseline, path: writeBaseline(baseline, options.store) };
}

export interface StoredCheckOptions extends FlowOptions {
  /** Name of the stored baseline. */
  readonly against: string;
  readonly store?: string | undefined;
  /** What is held against it; what it was made of itself by default. */
  readonly candidate?: CheckedSide | undefined;
  readonly allowCrossMachine?: boolean | undefined;
  readonly gates?: readonly Gate[] | undefined;
  readonly maxRegression?: number | undefined;
  /** ms; as many of ten fresh processes as fit, at least four. */
  readonly timeBudget?: number | undefined;
  readonly onInconclusive?: CheckResult['onInconclusive'] | undefined;
}

/**
 * Holds new runs against a stored baseline: indicative, whatever it says.
 * @throws MdbenchError `baseline-missing`; `gate-unmatched`, `gates-invalid`; `incomparable` for another machine, unless allowed, for another workload, and
 * for a baseline of fewer than ten runs; misuse; `measurement-failed`; `aborted`
 */
export async function checkStored(options: StoredCheckOptions): Promise<RunOutcome> {
  const gates = options.gates ?? defaultGates(options.maxRegression ?? defaultTolerance);
  const stored = readBaseline(options.against, options.store);
  refuseFew(stored);
  const arm = storedArm(stored, options);
  if (stored.arm.spec && arm.spec) refuseUnlike(specDifferences(stored.arm.spec, arm.spec, null));
  const system = systemOf(arm);
  const against = (fingerprint: Fingerprint, runs: StoredBaseline['runs']) =>
    compareStored(
      stored,
      { label: arm.label, system, fingerprint, runs },
      { crossMachine: options.allowCrossMachine ?? false },
    );
  const here = readEnvironment();
  const known = { environment: here, tool: version, workload: stored.arm.workload ?? {} };
  refuseGates(gates, against(fingerprintOf({ ...known, controlTime: stored.controlTime }), stored.runs));

  const measured = await withClients(clientsOf(arm), options, () => measureWithin(arm, options));
  const directory = resolve(options.out ?? 'reports/latest');
  const document = beginDocument(directory, options.command);
  const workload: Workload = measured[0].workload;
  const fingerprint = fingerprintOf({ ...known, workload, controlTime: controlOf(measured) });
  const comparison = against(
    fingerprint,
    measured.map(({ workload: _, segmentSteps: __, ...run }) => run),
  );
  closeDocument(document, options.signal);
  document.check = judgeGates(gates, document, {
    onInconclusive: options.onInconclusive ?? 'warn',
    stored: comparison,
  });
  return writeReports(document, directory, []);
}

/** @throws MdbenchError `gate-unmatched` for a gate that is about nothing stored, `gates-invalid` for a bound on a time */
function refuseGates(gates: readonly Gate[], foreseen: ReturnType<typeof compareStored>): void {
  judgeGates(gates, newDocument(), { onInconclusive: 'warn', stored: foreseen });
  const bound = gates.find(({ rule }) => rule !== 'maxRegression');
  if (!bound) return;
  throw new MdbenchError(
    'gates-invalid',
    `Only changes of times are known against a stored baseline: the gate ${bound.pattern} has ${bound.rule}, maxRegression was expected.`,
    'Hold bounds against a measured candidate: mdbench check --baseline … --candidate …',
  );
}

/** As many runs as fit, at most as many as a baseline has; the first says how long one takes. */
async function measureWithin(arm: CampaignArm, options: StoredCheckOptions) {
  const { signal, patience, onPairs } = options;
  const paired = { signal, patience, onProgress: onPairs };
  const begun = now();
  const first = await measureSolo(arm, 1, paired);
  const each = now() - begun;
  const more = Math.floor((options.timeBudget ?? minute) / each) - 1;
  const rest = Math.max(fewestNew, Math.min(fewestRuns, more + 1)) - 1;
  return [...first, ...(await measureSolo(nextSeed(arm), rest, paired))];
}

const fewestNew = 4;

function nextSeed(arm: CampaignArm): CampaignArm {
  if (!arm.spec) return arm;
  const { dynamics } = arm.spec;
  return { ...arm, spec: { ...arm.spec, dynamics: { ...dynamics, seed: dynamics.seed + 1 } } };
}

function refuseFew({ name, runs }: StoredBaseline): void {
  if (runs.length >= fewestRuns) return;
  throw new MdbenchError(
    'incomparable',
    `The baseline ${name} has ${runs.length} runs, and ${fewestRuns} are needed to hold anything against it.`,
    `Store it again: mdbench baseline save ${name} --runs ${fewestRuns}`,
  );
}

function storedArm({ arm }: StoredBaseline, options: StoredCheckOptions): CampaignArm {
  const stored = arm.spec ? { forceField: arm.spec.forceField } : { command: arm.label };
  return armOf(options.candidate ?? stored, storedConditions(arm.spec, options));
}

/** What was stored, unless something else was asked for; that is refused later. */
function storedConditions(spec: CaseSpec | null, { systems, dynamics }: StoredCheckOptions) {
  if (!spec) return { systems, dynamics };
  return {
    systems: systems?.length ? systems : [spec.system],
    dynamics: { ...spec.dynamics, ...dynamics },
  };
}

function armOf(
  side: CheckedSide,
  { systems = [], dynamics }: Pick<FlowOptions, 'systems' | 'dynamics'>,
): CampaignArm {
  if ('command' in side) return { label: side.command, spec: null, command: [side.command] };
  const { contests } = planSubjects({
    forceFields: [side.forceField, side.forceField],
    systems,
    dynamics,
    sameNames: true,
  });
  if (contests.length === 1) return contests[0].arms.baseline;
  throw new MdbenchError(
    'option-invalid',
    `A baseline is stored for one system (received ${contests.map(({ id }) => id).join(', ')}).`,
    'Store one baseline for each, under names of their own.',
  );
}

function clientsOf({ spec }: CampaignArm) {
  return spec ? [spec.forceField] : [];
}

function systemOf({ spec }: CampaignArm): string {
  return spec ? systemLabel(spec.system) : 'commands';
}

function controlOf(runs: readonly { readonly control: number }[]): number {
  return quantile(
    runs.map(({ control }) => control),
    0.5,
  );
}
