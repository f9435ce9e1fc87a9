// What is about to be measured, before it is: campaigns and the machine, gates and their numbers, what else is run.

import type { CampaignDesign, MachineState } from '../../result/campaign.js';
import {
  describeBeside,
  describeBeyond,
  describeDesign,
  describeGrade,
  describeMorePaths,
  describePlannedGate,
  describeSight,
  nothingPaired,
  type PlannedGate,
  type PlanPurpose,
} from '../words/plan.js';
import { type Layout, layoutOf, shade, wrap } from './layout.js';

interface PlannedContest {
  /** `id` names the system. */
  readonly contest: {
    readonly id: string;
    readonly arms: Readonly<Record<'baseline' | 'candidate', { readonly label: string }>>;
  };
  readonly pilot: { readonly machine: MachineState };
  readonly design: CampaignDesign;
}

interface PlannedCheck {
  readonly contests: readonly PlannedContest[];
  readonly needs: {
    readonly pairs: boolean;
    readonly matches: readonly { readonly gate: PlannedGate; readonly paths: readonly string[] }[];
    readonly cases: readonly { readonly id: string }[];
    readonly examinations: readonly { readonly id: string }[];
  };
  /** ms of cases and examinations. */
  readonly otherTime: number;
  /** ms by which all is longer than its budget. */
  readonly beyond?: number;
}

const mostPaths = 6;

/** One block of lines a campaign; the machine is said where it changes. */
export function renderPlan(
  contests: readonly PlannedContest[],
  purpose: PlanPurpose,
  options: Partial<Layout> = {},
): string {
  const layout = layoutOf(options);
  const { width } = layout;
  let said = '';
  const lines = contests.flatMap(({ contest: { id, arms }, pilot, design }) => {
    const grade = describeGrade(pilot.machine, purpose.verb).text;
    const state = grade === said ? [] : wrap(grade, '  ', width);
    said = grade;
    return [
      ...wrap(`${arms.candidate.label} against ${arms.baseline.label} on ${id}`, '', width).map((line) =>
        shade(line, 'bold', layout),
      ),
      ...wrap(describeDesign(design), '  ', width),
      ...wrap(describeSight(design, purpose), '  ', width),
      ...state,
    ];
  });
  return lines.join('\n');
}

/** The plan of a check: its campaigns, every gate with the numbers that it is about, what is run beside the pairs. */
export function renderCheckPlan(
  { contests, needs, otherTime, beyond = 0 }: PlannedCheck,
  options: Partial<Layout> = {},
): string {
  const { width } = layoutOf(options);
  const { pairs, matches, cases, examinations } = needs;
  const [run, examined] = [cases, examinations].map((list) => list.map(({ id }) => id));
  const blocks = [
    pairs ? renderPlan(contests, { verb: 'check' }, options) : wrap(nothingPaired, '', width).join('\n'),
    ...matches.flatMap(({ gate, paths }) => [
      ...wrap(describePlannedGate(gate), '', width),
      ...shortened(paths).flatMap((path) => wrap(path, '  ', width)),
    ]),
  ];
  if (cases.length + examinations.length > 0)
    blocks.push(...wrap(describeBeside(run!, examined!, otherTime), '', width));
  if (beyond > 0) blocks.push(...wrap(describeBeyond(beyond), '', width));
  return blocks.join('\n');
}

function shortened(paths: readonly string[]): string[] {
  const left = paths.length - mostPaths;
  return left > 0 ? [...paths.slice(0, mostPaths), describeMorePaths(left)] : [...paths];
}
