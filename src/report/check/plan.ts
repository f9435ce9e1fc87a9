// The plan of a campaign before it starts, and the machine that it will run on.

import type { CampaignDesign, MachineState } from '../../result/campaign.js';
import { type Layout, layoutOf, shade, wrap } from '../terminal/layout.js';
import { describeDesign, describeGrade, describeSight } from '../words/plan.js';

export interface PlannedCampaign {
  /** The system. */
  readonly id: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly design: CampaignDesign;
  readonly machine: MachineState;
}

/** One block of lines a campaign of a `compare` or `check`; the machine is said where it changes. */
export function renderPlan(campaigns: readonly PlannedCampaign[], options: Partial<Layout> = {}): string {
  const layout = layoutOf(options);
  const { width } = layout;
  let said = '';
  const lines = campaigns.flatMap(({ id, baseline, candidate, design, machine }) => {
    const grade = describeGrade(machine).text;
    const state = grade === said ? [] : wrap(grade, '  ', width);
    said = grade;
    return [
      ...wrap(`${candidate} against ${baseline} on ${id}`, '', width).map((line) =>
        shade(line, 'bold', layout),
      ),
      ...wrap(describeDesign(design), '  ', width),
      ...wrap(describeSight(design), '  ', width),
      ...state,
    ];
  });
  return lines.join('\n');
}
