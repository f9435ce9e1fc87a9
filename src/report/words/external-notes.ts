// Notes on force fields that another process computes.

import type { Sentence } from './warning-values.js';

export const externalNoteWords: Record<string, Sentence> = {
  'external-round-trip': (v) => [
    `Another process computes the forces: ${v.size('roundTrip', 'ms')} of each force call are the way to it and back, measured with a client that computes nothing (${v.counted('atoms', 'atom')}).`,
  ],
  'external-client-time': (v) => [
    `By the client’s own clock a call takes ${v.size('median', 'ms')} (median; mean ${v.size('mean', 'ms')}, ${v.counted('calls', 'call')}).`,
  ],
  'external-client-silent': () => ['The client does not say how long its own part of a call takes.'],
  'external-processes': (v) => [
    `The client with its children: ${v.counted('processes', 'process')}, ${v.size('memory', 'B')} of memory at most${v.has('perStep') ? `, ${v.size('perStep', 'ms')} of processor time a step` : '; the run was too short to tell its processor time'}.${v.has('inSum') ? ' The peak memory of this side is that of mdbench and this together.' : ' All other memory here is that of mdbench alone.'}`,
  ],
  'external-processes-unseen': () => [
    'Memory and processor time of the client are not known: it came over TCP, or the system does not tell.',
  ],
};

export const externalCautions: Record<string, Sentence> = {
  'external-several-threads': (v) => [
    `The client used ${v.number('processors')} times as much processor time as its calls took: it computes on several threads.`,
    'Set its own option (OMP_NUM_THREADS=1 where you start it) before comparing it with a force field on one thread.',
  ],
  'external-resting-atoms': (v) => [
    `The last call gave no force at all on ${v.number('resting')} of ${v.counted('atoms', 'atom')}.`,
    'The program’s own input names its atoms: see that they are those of the system.',
  ],
};
