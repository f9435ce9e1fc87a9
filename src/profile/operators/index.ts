// ONNX Runtime's own profile as a table of operators, with advice as data.

export { planCalls } from './call-plan.js';
export { createEventLog, type EventLog } from './event-log.js';
export { hotSpotCodes } from './hot-spots.js';
export { operatorProfile, type ProfiledCalls } from './operator-profile.js';
export { sampleCalls } from './sample.js';
