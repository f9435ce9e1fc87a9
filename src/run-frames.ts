// The frames of a run, where they were asked for: each case again, in a pass of its own.

import { resolve } from 'node:path';
import { asMdbenchError, type MdbenchError } from './errors.js';
import { type CampaignOptions, dumpCase } from './measure/index.js';
import type { ResultDocument } from './result/index.js';

export interface Dump {
  /** `{case}` is replaced by the case id. */
  readonly file: string;
  readonly every: number;
}

/** A case that failed has no frames worth writing. @returns what could not be written */
export async function dumpFrames(
  document: ResultDocument,
  dump: Dump,
  campaign: CampaignOptions,
): Promise<MdbenchError[]> {
  const problems: MdbenchError[] = [];
  for (const result of document.cases) {
    if (result.status !== 'ok' || campaign.signal?.aborted) continue;
    const file = resolve(dumpFile(dump.file, result.id, document.cases.length));
    try {
      const { frames, aborted } = await dumpCase(result.spec, { file, every: dump.every }, campaign);
      result.warnings.push(
        aborted
          ? { code: 'frames-incomplete', values: { file, frames } }
          : { code: 'frames-written', values: { file, frames } },
      );
    } catch (error) {
      const problem = asMdbenchError(error);
      problems.push(problem);
      result.warnings.push({ code: 'frames-not-written', values: { file, reason: problem.message } });
    }
  }
  return problems;
}

/** One file a case: where several share a name without `{case}`, the id goes before its extension. */
function dumpFile(name: string, caseId: string, cases: number): string {
  if (name.includes('{case}')) return name.replaceAll('{case}', caseId);
  return cases === 1 ? name : name.replace(/(\.[^.]*)?$/, `-${caseId}$1`);
}
