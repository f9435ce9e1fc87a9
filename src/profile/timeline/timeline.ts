// The timeline of a profile as text, piece by piece: Trace Event Format, for Perfetto.

import type { PassRecording } from '../recording.js';
import { chooseSteps } from './choose-steps.js';
import { type CudaEvents, cudaSlices } from './cuda-slices.js';
import { type OperatorEvent, operatorSlices } from './operator-slices.js';
import { stepEvents } from './step-events.js';
import type { TraceEvent } from './trace-event.js';

export interface Timeline {
  readonly title: string;
  /** Null for a program of which only its CUDA activity is known. */
  readonly recording: PassRecording | null;
  readonly operators: readonly OperatorEvent[];
  readonly cuda: CudaEvents | null;
  /** Steps that are drawn at most. */
  readonly mostSteps: number;
}

const chunkSize = 1 << 16;
/** ms before the first event: begin and end differ by less than a factor of two then, and their difference is exact. */
const lead = 1000;

/** Pieces of one JSON object; how many steps are in it is `drawnSteps`. */
export function* timelineText(timeline: Timeline): Generator<string> {
  const { recording, mostSteps, title } = timeline;
  const drawn = recording ? drawnSteps(recording, mostSteps) : 0;
  const about = { title, steps: drawn, of: recording?.steps ?? 0, source: 'mdbench profile' };
  let text = `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n`;
  let first = true;
  for (const event of eventsOf(timeline)) {
    text += (first ? '' : ',\n') + JSON.stringify(event);
    first = false;
    if (text.length < chunkSize) continue;
    yield text;
    text = '';
  }
  yield `${text}\n]}\n`;
}

export function drawnSteps(recording: PassRecording, mostSteps: number): number {
  return Math.min(recording.steps, mostSteps);
}

function* eventsOf({ recording, operators, cuda, mostSteps, title }: Timeline): Generator<TraceEvent> {
  const zero = zeroOf(recording, cuda) - lead;
  if (recording) {
    const { mark, monotonic } = recording.origin;
    const at = (moment: number) => moment - mark + monotonic - zero;
    yield* stepEvents(recording, chooseSteps(recording, mostSteps), at, title);
  }
  yield* operatorSlices(operators, lead);
  if (cuda) yield* cudaSlices(cuda, (monotonic) => monotonic - zero);
}

/** The first moment, in ms of CLOCK_MONOTONIC. */
function zeroOf(recording: PassRecording | null, cuda: CudaEvents | null): number {
  const { mark, monotonic } = recording?.origin ?? { mark: 0, monotonic: 0 };
  let least =
    recording && recording.steps > 0
      ? recording.marks.begin[0]! - mark + monotonic
      : Number.POSITIVE_INFINITY;
  for (const events of cuda ? [cuda.activities, cuda.calls, cuda.ranges] : [])
    for (const { start } of events) least = Math.min(least, start);
  return Number.isFinite(least) ? least : 0;
}
