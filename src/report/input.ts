// What a report is made of: documents with their decoded samples, flattened to one view per case.

import type { CaseResult, ResultDocument, Trajectory } from '../result/document.js';
import type { Samples } from '../result/samples.js';

export interface ReportInput {
  readonly document: ResultDocument;
  /** Case id → decoded trajectories, in the order of the recording; a case without samples may be missing. */
  readonly samples: ReadonlyMap<string, readonly Samples[]>;
}

/** One case of one document. */
export interface CaseView {
  /** Unique in the report and safe as an HTML id: `case-2`. */
  readonly key: string;
  /** The case id; with the number of the document behind it when several documents have a case of that id. */
  readonly name: string;
  readonly result: CaseResult;
  readonly samples: readonly Samples[];
  /** Trajectories with at least one measured step, samples or not. */
  readonly trajectories: readonly Trajectory[];
  /** Why steps were measured and yet no samples are there; null where they are. */
  readonly missing: string | null;
  readonly input: ReportInput;
}

export function listCases(inputs: readonly ReportInput[]): CaseView[] {
  const views: CaseView[] = [];
  const several = inputs.length > 1;
  inputs.forEach((input, number) => {
    for (const result of input.document.cases) {
      const samples = (input.samples.get(result.id) ?? []).filter((one) => one.columns.stepTime.length > 0);
      const trajectories = result.recording.trajectories.filter(({ steps }) => steps > 0);
      views.push({
        key: `case-${views.length + 1}`,
        name: several ? `${result.id} (${number + 1})` : result.id,
        result,
        samples,
        trajectories,
        missing:
          samples.length === 0 && trajectories.length > 0 ? whyMissing(input.document, result.id) : null,
        input,
      });
    }
  });
  return views;
}

/** Whether something stands above its cases that they were run for: a comparison, a check or a profile. */
export function leads({ document }: ReportInput): boolean {
  return (
    document.check !== undefined ||
    (document.comparison?.comparisons.length ?? 0) > 0 ||
    (document.profiles?.length ?? 0) > 0
  );
}

/** Measured steps completed over all trajectories of a case. */
export function completedSteps(result: CaseResult): number {
  return result.recording.trajectories.reduce((sum, one) => sum + one.steps, 0);
}

/** Titles of the suites that were run, each once; null without one. */
export function titleOf(inputs: readonly ReportInput[]): string | null {
  const titles = new Set(inputs.flatMap(({ document }) => document.title ?? []));
  return titles.size === 0 ? null : [...titles].join(' · ');
}

/** What the document says about it, if anything; never empty. */
function whyMissing({ warnings }: ResultDocument, id: string): string {
  const told = warnings.find(({ code, values }) => code === 'recording-missing' && values.case === id);
  return String(told?.values.reason ?? 'its recording was not read');
}
