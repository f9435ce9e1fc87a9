// Step costs by force field, ms an atom, with a part of the harness that does not grow with the atoms.

import type { StepCost } from './synthetic-campaign.js';

const harness = { neighbors: 0.0005, integrate: 0.0003, other: 0.00005 };
const perAtom = (forces: number): StepCost => ({ forces, ...harness });
export const teacherCost = perAtom(0.019);
export const studentCosts = {
  'silicon-student': perAtom(0.0034),
  'silicon-tiny': perAtom(0.0003),
  /** As dear as its teacher. */
  'silicon-twin': perAtom(0.019),
};
export type StudentName = keyof typeof studentCosts;

/** The harness has a part of its own that does not grow. */
export function scaled(cost: StepCost, atoms: number): StepCost {
  return {
    forces: 0.01 + cost.forces * atoms,
    neighbors: cost.neighbors * atoms,
    integrate: cost.integrate * atoms,
    other: 0.002,
  };
}
