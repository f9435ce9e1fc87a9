// The public API of mdbench.

export { type ErrorCode, errorCodes, MdbenchError } from './errors.js';
export {
  type Annotation,
  type AwaitedClient,
  annotateForceField,
  createForceField,
  createLennardJones,
  type Differentiated,
  type DifferentiateOptions,
  differentiateForceField,
  type ForceField,
  type ForceFieldDescription,
  type ForceOutput,
  inspectForceField,
  type LennardJonesOptions,
  listForceFields,
} from './forcefield/index.js';
export { examineMachine, type PairProgress } from './measure/index.js';
export { computeMetrics, metricInfo } from './metrics/index.js';
export {
  type ReportInput,
  renderCheckMarkdown,
  renderCheckTerminal,
  renderHtml,
  renderMarkdown,
  renderTerminal,
} from './report/index.js';
export {
  type CaseResult,
  type Metric,
  type ResultDocument,
  readDocument,
  type Samples,
  type ValidationRecord,
} from './result/index.js';
export { type RunOptions, run } from './run.js';
export {
  checkStored,
  type SaveBaselineOptions,
  type StoredCheckOptions,
  saveBaseline,
} from './run-baseline.js';
export type { RunProgress } from './run-cases.js';
export { type CheckOptions, type CheckPlan, check, planCheck } from './run-check.js';
export type { CheckedSide, GateMatch } from './run-check-plan.js';
export { type CompareOptions, type ComparisonPlan, compare } from './run-comparison.js';
export type { FlowStage } from './run-flow.js';
export { measureNoise, type Noise, type NoiseOptions } from './run-noise.js';
export { type RunOutcome, readReportInput } from './run-outcome.js';
export type { PlannedContest } from './run-pairs.js';
export { type ProfileOptions, profile } from './run-profile.js';
export { type ProfileCommandOptions, profileCommand } from './run-profile-command.js';
export { plantedSlowdown, type SelfTestOptions, selfTest, type Trial } from './run-self-test.js';
export { type ValidateOptions, validate } from './run-validate.js';
export {
  type CaseSpec,
  type DynamicsSpec,
  type ForceFieldSpec,
  type Gate,
  loadGates,
  loadSuite,
  type SystemSpec,
} from './spec/index.js';
export { buildSystem, listSystems, type System, type SystemEntry } from './system/index.js';
export { version } from './version.js';
