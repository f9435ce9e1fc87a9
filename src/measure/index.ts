// The room with the clock: cases measured in fresh processes, memory, environment.

export {
  type CampaignOptions,
  type CaseProgress,
  checkCases,
  dumpCase,
  measureCase,
  pendingCase,
} from './campaign.js';
export { timestamp } from './clock.js';
export { examineMachine } from './doctor.js';
export { readEnvironment } from './environment.js';
