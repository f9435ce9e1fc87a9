// The room with the clock: cases measured in fresh processes, memory, environment.

export {
  type CampaignOptions,
  type CaseProgress,
  checkCases,
  dumpCase,
  examinePhysics,
  measureCase,
  pendingCase,
} from './campaign.js';
export type { CampaignArm, PairedOptions, PairProgress } from './campaign-arm.js';
export { type PlanAsked, planCampaign } from './campaign-plan.js';
export { now, timestamp } from './clock.js';
export { probeCuda } from './cuda-probe.js';
export { examineMachine } from './doctor.js';
export { readEnvironment } from './environment.js';
export { examine } from './examination.js';
export { injectionBlocked, traceFiles, withTraceFolder } from './injection.js';
export { examineMachineState } from './machine-state.js';
export { runPairedCampaign } from './paired-campaign.js';
export { type Pilot, pilotCampaign } from './pilot.js';
export { type MeasuredPass, profileCase, profileOperators } from './profile-campaign.js';
export type { OperatorPass } from './profile-protocol.js';
export { serveSegments } from './segment-process.js';
export { measureSolo } from './solo.js';
export {
  type CommandOptions,
  runCommand,
  type TracedRun,
  traceCommand,
} from './traced-command.js';
