// What a case and a suite may say.

export { type CaseSpec, caseSpec, type DynamicsSpec, type ForceFieldSpec, type SystemSpec } from './case.js';
export { defaultForceField, type PlanOptions, planCases } from './plan.js';
export { loadSuite } from './suite.js';
