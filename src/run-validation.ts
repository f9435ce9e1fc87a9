// The examination of the force fields of a document, before anything is timed: each once, whatever it runs on.

import { asMdbenchError, MdbenchError } from './errors.js';
import { isExternal } from './forcefield/index.js';
import { examinePhysics } from './measure/index.js';
import type { ResultDocument, ValidationRecord } from './result/index.js';
import type { CaseStage } from './run-cases.js';
import type { FlowStage } from './run-flow.js';

/**
 * Of other programs nobody knows how long a call takes, and an examination makes hundreds: they wait to be asked.
 * What was not examined is said in a warning of the case; it runs all the same.
 * @throws MdbenchError `aborted`: nothing was measured yet
 */
export async function examineForceFields(
  { cases }: ResultDocument,
  { signal, patience }: Pick<CaseStage, 'signal' | 'patience'>,
  onStage?: (stage: FlowStage) => void,
): Promise<void> {
  const found = new Map<string, ValidationRecord | string>();
  for (const result of cases) {
    const { forceField } = result.spec;
    if (forceField.name === 'null') continue;
    if (isExternal(forceField.name)) {
      result.warnings.push({ code: 'physics-unasked', values: {} });
      continue;
    }
    const key = JSON.stringify(forceField);
    if (!found.has(key)) onStage?.({ stage: 'physics', id: null });
    const record =
      found.get(key) ??
      (await examinePhysics({ forceField, system: null, cache: true }, { signal, patience }).catch(
        (error: unknown) => reasonOf(error),
      ));
    found.set(key, record);
    if (typeof record !== 'string') result.validation = record;
    else result.warnings.push({ code: 'physics-not-examined', values: { reason: record } });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = asMdbenchError(error);
  if (code !== 'aborted') return message;
  throw new MdbenchError('aborted', 'Stopped before anything was measured; nothing was written.');
}
