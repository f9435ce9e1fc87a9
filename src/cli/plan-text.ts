// What is about to be measured, printed before it is: campaigns, gates and the numbers they are about, what else is run.

import type { CheckPlan, Gate, PlannedContest } from '../index.js';
import { renderPlan } from '../report/index.js';

interface Layout {
  readonly width: number;
  readonly color: boolean;
}

export function campaignsText(contests: readonly PlannedContest[], layout: Layout): string {
  return renderPlan(
    contests.map(({ contest: { id, arms }, pilot, design }) => ({
      id,
      baseline: arms.baseline.label,
      candidate: arms.candidate.label,
      design,
      machine: pilot.machine,
    })),
    layout,
  );
}

export function checkPlanText({ contests, needs, otherTime }: CheckPlan, layout: Layout): string {
  const blocks = [
    needs.pairs ? campaignsText(contests, layout) : 'No gate is about a time: nothing is measured in pairs.',
    ...needs.matches.map(({ gate, paths }) => [gateText(gate), ...shortened(paths)].join('\n')),
  ];
  if (needs.cases.length + needs.examinations.length > 0) {
    const what = [
      ...needs.cases.map(({ id }) => id),
      ...needs.examinations.map(({ id }) => `frames of both on ${id}`),
    ];
    blocks.push(`Beside the pairs, about ${Math.ceil(otherTime / 1000)} s: ${what.join(', ')}`);
  }
  return blocks.join('\n');
}

const shownPaths = 6;

function shortened(paths: readonly string[]): string[] {
  const rest = paths.length - shownPaths;
  const shown = paths.slice(0, rest > 0 ? shownPaths : paths.length).map((path) => `  ${path}`);
  return rest > 0 ? [...shown, `  and ${rest} more`] : shown;
}

function gateText({ pattern, severity, rule, limit }: Gate): string {
  const asked = {
    maxRegression: `at most ${+(100 * limit).toPrecision(3)} % slower`,
    max: `at most ${limit}`,
    min: `at least ${limit}`,
  };
  return `${severity === 'error' ? 'Gate' : 'Gate that warns'} ${pattern}: ${asked[rule]}`;
}
