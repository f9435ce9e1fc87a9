// The public API of mdbench.

export { type ErrorCode, errorCodes, MdbenchError } from './errors.js';
export {
  createForceField,
  createLennardJones,
  type ForceField,
  type ForceFieldDescription,
  type ForceOutput,
  inspectForceField,
  type LennardJonesOptions,
  listForceFields,
} from './forcefield/index.js';
export { examineMachine } from './measure/index.js';
export { computeMetrics, metricInfo } from './metrics/index.js';
export { type ReportInput, renderHtml, renderMarkdown, renderTerminal } from './report/index.js';
export {
  type CaseResult,
  type Metric,
  type ResultDocument,
  readDocument,
  type Samples,
} from './result/index.js';
export { type RunOptions, run } from './run.js';
export { type RunOutcome, readReportInput } from './run-outcome.js';
export {
  type CaseSpec,
  type DynamicsSpec,
  type ForceFieldSpec,
  loadSuite,
  type SystemSpec,
} from './spec/index.js';
export { buildSystem, listSystems, type System, type SystemEntry } from './system/index.js';
export { version } from './version.js';
