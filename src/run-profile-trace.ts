// The timeline of a profile on the disk, written piece by piece.

import { closeSync, openSync, writeSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { asMdbenchError } from './errors.js';
import { drawnSteps, type Timeline, timelineText } from './profile/index.js';
import { notWritable, type Profile } from './result/index.js';

/** Steps of a pass that stand in its timeline at most: some megabytes. */
export const mostDrawnSteps = 2000;

/** Paths by case id; `{case}` in what is asked for is the id, and several cases are never written into one file. */
export function timelineNames(
  asked: string | undefined,
  directory: string,
  cases: number,
): (caseId: string) => string {
  const pattern = asked ?? join(directory, cases > 1 ? 'trace-{case}.json' : 'trace.json');
  const apart =
    cases > 1 && !pattern.includes('{case}') ? pattern.replace(/(\.json)?$/, '-{case}$1') : pattern;
  return (caseId) => resolve(apart.replaceAll('{case}', caseId));
}

/** Into the profile goes where it is, or why it could not be written. */
export function writeTimeline(profile: Profile, path: string, timeline: Omit<Timeline, 'mostSteps'>): void {
  const whole = { ...timeline, mostSteps: mostDrawnSteps };
  const steps = timeline.recording?.steps ?? 0;
  const drawn = timeline.recording ? drawnSteps(timeline.recording, mostDrawnSteps) : 0;
  try {
    writePieces(path, timelineText(whole));
    profile.trace = { file: path, steps: drawn, of: steps };
    if (drawn < steps) profile.warnings.push({ code: 'trace-capped', values: { steps: drawn, of: steps } });
  } catch (error) {
    const { code, message, hint = null } = asMdbenchError(error);
    profile.failure ??= { stage: 'write', seed: null, step: null, cause: code, message, hint };
  }
}

/** @throws MdbenchError `output-not-writable` */
function writePieces(path: string, pieces: Iterable<string>): void {
  let file: number | null = null;
  try {
    file = openSync(path, 'w');
    for (const piece of pieces) writeSync(file, piece);
  } catch (cause) {
    throw notWritable(basename(path), cause);
  } finally {
    if (file !== null) closeSync(file);
  }
}
