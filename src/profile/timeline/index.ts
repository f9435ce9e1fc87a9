// The timeline of a profile, for ui.perfetto.dev.

export { chooseSteps } from './choose-steps.js';
export type { CudaEvents } from './cuda-slices.js';
export type { OperatorEvent } from './operator-slices.js';
export { drawnSteps, type Timeline, timelineText } from './timeline.js';
