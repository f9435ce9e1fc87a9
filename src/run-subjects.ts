// What stands against what: one baseline and its candidates on every system, as cases and as contests of two arms.

import { MdbenchError } from './errors.js';
import { awaitedAddress, forceFieldId } from './forcefield/index.js';
import type { CampaignArm } from './measure/index.js';
import type { ArmName } from './result/index.js';
import { type CaseSpec, type PlanOptions, planCases, systemLabel } from './spec/index.js';

/** One thing that may differ between the arms, and the values that it takes; none: whatever the arms have. */
export interface Axis {
  readonly key: string;
  readonly values: readonly string[];
}

/** Two arms on one system: one paired campaign. */
export interface Contest {
  /** Names the system. */
  readonly id: string;
  readonly arms: Readonly<Record<ArmName, CampaignArm>>;
}

export interface SubjectOptions extends PlanOptions {
  readonly axis?: Axis | undefined;
  /** Arms of one name keep it: where one force field is checked against another version of itself. */
  readonly sameNames?: boolean | undefined;
}

export interface Subjects {
  /** Every force field on every system, by force field. */
  readonly cases: readonly CaseSpec[];
  readonly contests: readonly Contest[];
}

/**
 * The first force field is the baseline, the others are candidates. An axis with values gives each of them its own:
 * one force field becomes as many arms, several take one value each.
 * @throws MdbenchError(option-invalid)
 */
export function planSubjects(options: SubjectOptions): Subjects {
  const { arms, systems } = { arms: armsOf(options), systems: systemsOf(options) };
  const planned = planCases({ ...options, systems, forceFields: arms.map(({ forceField }) => forceField) });
  const names = unique(
    planned.map(({ id }, k) => {
      const { suffix } = arms[Math.floor(k / systems.length)];
      return suffix === '' ? id : id.replace(/-([a-z]+)(-\d+)?$/, `-${suffix}-$1`);
    }),
  );
  const cases = planned.map((spec, k) => ({ ...spec, id: names[k] }));
  const ids = unique(systems.map((_, s) => systemLabel(cases[s].system)));
  const given = arms.map(({ forceField, suffix }) =>
    [forceFieldId(forceField.name), suffix].filter(Boolean).join('-'),
  );
  const labels = options.sameNames ? given : unique(given);
  const armOf = (f: number, s: number): CampaignArm => ({
    label: labels[f],
    spec: cases[f * systems.length + s],
    command: null,
  });
  const contests = systems.flatMap((_, s) =>
    arms
      .slice(1)
      .map((_, k) => ({ id: ids[s], arms: { baseline: armOf(0, s), candidate: armOf(k + 1, s) } })),
  );
  return { cases, contests };
}

export function labelsOf(arms: Contest['arms']): Readonly<Record<ArmName, string>> {
  return { baseline: arms.baseline.label, candidate: arms.candidate.label };
}

/**
 * The two workers of a pair are alive at the same time, and one connection leads to a client.
 * @throws MdbenchError(usage) where somebody else's client would have to compute for both
 */
export function refuseSharedClient(baseline: string, candidate: string): void {
  if (baseline !== candidate || awaitedAddress(baseline) === null) return;
  throw new MdbenchError(
    'usage',
    `Both sides are ${baseline}, and the client there serves one process at a time.`,
    "Start two clients, each at an address of its own, or let mdbench start them: 'ipi:COMMAND'.",
  );
}

type PlannedArm = { forceField: PlanOptions['forceFields'][number]; suffix: string };

const axisKeys = ['provider', 'threads', 'forces', 'precision'] as const;

function armsOf({ forceFields, axis }: SubjectOptions): PlannedArm[] {
  if (!axis || axis.values.length === 0) return forceFields.map((forceField) => ({ forceField, suffix: '' }));
  if (!axisKeys.some((key) => key === axis.key)) {
    throw new MdbenchError(
      'option-invalid',
      `--axis takes values for ${axisKeys.join(' and ')} (received ${axis.key}=${axis.values.join(',')}).`,
      `For anything else that may differ, name it alone: --axis ${axis.key}.`,
    );
  }
  if (forceFields.length > 1 && forceFields.length !== axis.values.length) {
    throw new MdbenchError(
      'option-invalid',
      `--axis ${axis.key} needs one value for each force field: ${forceFields.length} expected, ${axis.values.length} received.`,
      'Or give one force field, to compare it with itself along the axis.',
    );
  }
  return axis.values.map((value, k) => {
    const forceField = forceFields[forceFields.length > 1 ? k : 0];
    const setting = { [axis.key]: axis.key === 'threads' ? Number(value) : value };
    return {
      forceField: { ...forceField, ...setting } as PlannedArm['forceField'],
      suffix: `${axis.key}-${value.toLowerCase().replace(/[^a-z0-9.]+/g, '-')}`,
    };
  });
}

/** What the baseline runs on when no system is named, for all. */
function systemsOf({ forceFields, systems }: PlanOptions): PlanOptions['systems'] {
  return systems.length > 0 ? systems : [planCases({ forceFields: [forceFields[0]], systems: [] })[0].system];
}

function unique(names: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return names.map((name) => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  });
}
