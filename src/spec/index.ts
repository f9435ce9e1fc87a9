// What a case and a suite may say.

export { barostatDefaults } from './barostat-defaults.js';
export {
  type CaseSpec,
  caseSpec,
  type DynamicsSpec,
  type Ensemble,
  ensembles,
  type ForceFieldSpec,
  type SystemSpec,
} from './case.js';
export { loadGates } from './gate-file.js';
export { matches } from './gate-pattern.js';
export { defaultGates, type Gate, gateFileJsonSchema } from './gates.js';
export { defaultForceField, type PlanOptions, planCases, systemLabel } from './plan.js';
export { parseShare } from './share.js';
export { loadSuite } from './suite.js';
