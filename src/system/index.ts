// What a System is made of, read from, checked for and called. The catalogue of shipped systems is in catalogue.ts.

export { buildSystem, listSystems, type SystemEntry } from './catalogue.js';
export { cellInverse, cellVolume, completedCell, planeSpacings } from './cell.js';
export { checkLargestForce, checkSystem } from './checks.js';
export { forEachClosePair, shortestDistance } from './close-pairs.js';
export { createSystem, type SystemParts } from './create.js';
export { describeSystem, formulaOf } from './describe.js';
export { covalentRadius, elementMasses, numberOf, symbolOf } from './elements.js';
export { readExtxyz } from './extxyz-read.js';
export { writeExtxyz } from './extxyz-write.js';
export { cubicCrystal } from './lattices.js';
export { repeatSystem } from './repeat.js';
export { loadStructure } from './structure-file.js';
export type { Periodicity, System } from './system.js';
export * from './units.js';
export { degreesOfFreedom, drawVelocities, kineticEnergy, temperatureOf } from './velocities.js';
