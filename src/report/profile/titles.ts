// What a profile is of: a force field on a system, or a command.

import { shortened } from '../shortened.js';
import { describeCase, pageOf, profiledCommand } from '../words/index.js';
import type { ProfileView } from './view.js';

const longest = 120;

/** `Profile of Silicon teacher on si64`, `Profile of python teacher.py`. */
export function titleOf(view: ProfileView): string {
  return pageOf(subjectOf(view));
}

export function subjectOf({ profile, result }: ProfileView): string {
  if (profile.command) return shortened(profiledCommand(profile.command), longest);
  return result ? describeCase(result) : (profile.caseId ?? '');
}
