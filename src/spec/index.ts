// What a case and a suite may say.

export {
  type CaseSpec,
  caseSpec,
  type DynamicsSpec,
  dynamicsSpec,
  type ForceFieldSpec,
  forceFieldSpec,
  type SystemSpec,
  systemSpec,
} from './case.js';
export { parseSpec } from './parse.js';
export { defaultForceField, type PlanOptions, planCases } from './plan.js';
export { listSuites, loadSuite, type SuiteSpec, suiteSpec } from './suite.js';
