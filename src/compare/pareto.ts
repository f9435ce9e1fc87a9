// What a candidate gives and what it costs: speed-up of the whole step against force error, with the drift verdict.

import type { ResultDocument, Verdict } from '../result/document.js';
import type { ComparisonReport, Estimate } from '../result/judgement.js';
import { headlines } from './quotable.js';

export interface ParetoPoint {
  readonly candidate: string;
  readonly system: string;
  readonly speedUp: Estimate;
  /** eV/Å, on the candidate's own frames where there are any. */
  readonly forceRmse: Estimate;
  /** Null: not judged. */
  readonly drift: Verdict['state'] | null;
}

/** Every comparison that has both numbers. The baseline itself is at 1 and 0 by definition and is not among them. */
export function paretoPoints(report: ComparisonReport, document: ResultDocument): ParetoPoint[] {
  return headlines(report, document).flatMap(({ candidate, system, step, forceError, drift }) =>
    step && forceError
      ? [{ candidate, system, speedUp: step, forceRmse: forceError, drift: drift.candidate }]
      : [],
  );
}
