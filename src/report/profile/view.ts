// One profile with the case of its timing pass: the unit of a report of profiles.

import type { CaseResult } from '../../result/document.js';
import type { Profile } from '../../result/profile.js';
import type { ReportInput } from '../input.js';

export interface ProfileView {
  /** Unique in the report and safe as an HTML id: `profile-2`. */
  readonly key: string;
  readonly profile: Profile;
  /** The timing pass; null for a command. */
  readonly result: CaseResult | null;
  readonly input: ReportInput;
}

export function listProfiles(inputs: readonly ReportInput[]): ProfileView[] {
  const all = inputs.flatMap((input) =>
    (input.document.profiles ?? []).map((profile) => ({ input, profile })),
  );
  return all.map(({ input, profile }, k) => ({
    key: `profile-${k + 1}`,
    profile,
    result: input.document.cases.find(({ id }) => id === profile.caseId) ?? null,
    input,
  }));
}

/** Whether its force field runs on a GPU, so that what CUDA does belongs to the answer. */
export function runsOnCuda({ result, profile }: ProfileView): boolean {
  return profile.command !== null || (result?.spec.forceField.provider ?? 'cpu') !== 'cpu';
}
