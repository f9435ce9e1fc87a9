// What a report is made of: documents with their decoded samples, flattened to one view per case.

import type { CaseResult, ResultDocument } from '../result/document.js';
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
  readonly input: ReportInput;
}

export function listCases(inputs: readonly ReportInput[]): CaseView[] {
  const views: CaseView[] = [];
  const several = inputs.length > 1;
  inputs.forEach((input, number) => {
    for (const result of input.document.cases) {
      views.push({
        key: `case-${views.length + 1}`,
        name: several ? `${result.id} (${number + 1})` : result.id,
        result,
        samples: (input.samples.get(result.id) ?? []).filter((one) => one.columns.stepTime.length > 0),
        input,
      });
    }
  });
  return views;
}

/** Measured steps completed over all trajectories of a case. */
export function completedSteps(result: CaseResult): number {
  return result.recording.trajectories.reduce((sum, one) => sum + one.steps, 0);
}
