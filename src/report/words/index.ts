// Every sentence that a person reads in a report.

export { assumption } from './assumptions.js';
export { chartWords, describeMissing } from './charts.js';
export * from './compare.js';
export { compareChartWords } from './compare-charts.js';
export * from './compare-dynamics.js';
export * from './compare-labels.js';
export * from './compare-numbers.js';
export * from './compare-states.js';
export {
  describeCounter,
  describeEnergy,
  describeIdle,
  instructionsPerCycle,
  threadName,
} from './counters.js';
export { describeThrottling } from './devices.js';
export { describeDrift, driftHeading, driftSubjects } from './drift.js';
export { describeFailure } from './failures.js';
export * from './headings.js';
export { describeHotSpot, hotSpotCodes } from './hot-spots.js';
export { inspectionWords } from './inspection.js';
export { describeFinding, findingIds } from './machine.js';
export type { Tone, VerdictWords } from './measured.js';
export { describeLint } from './model-lints.js';
export { describeChange, forceSourceWords } from './model-preparation.js';
export * from './profile.js';
export * from './profile-cuda.js';
export { describeProfile, profiledCommand } from './profile-headline.js';
export * from './profile-operators.js';
export { describeCase, describeCommand, describeMachine, describeRun } from './runs.js';
export {
  brokeOff,
  type CaseStatus,
  describeIncomplete,
  describeStatuses,
  statusMark,
  statusWord,
} from './states.js';
export { describeUnavailable } from './unavailable.js';
export {
  describeExamination,
  describeItem,
  examinationSubject,
  itemFound,
  itemTitle,
  validationHeadings,
} from './validation.js';
export { describeVerdicts, toneMark } from './verdicts.js';
export {
  describeAlike,
  describeJoined,
  describeNotes,
  describeWarning,
  joinedCodes,
  type WarningWords,
  warningCodes,
} from './warnings.js';
