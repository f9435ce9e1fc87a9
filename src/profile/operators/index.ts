// ONNX Runtime's own profile as a table of operators, with advice as data.

export { type CallPlan, planCalls } from './call-plan.js';
export { createEventLog, type EventLog, type EventLogBuilder } from './event-log.js';
export { hotSpotCodes } from './hot-spots.js';
export { operatorProfile, type ProfiledCalls } from './operator-profile.js';
