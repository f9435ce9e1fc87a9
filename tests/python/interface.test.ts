// The drop-in promise: what scripts expect of an ASE calculator holds for MdbenchCalculator as for ASE's own.

import { holdsContract } from '../support/interface-contract.js';

for (const name of ['silicon-student', 'silicon-teacher', 'lennard-jones', 'ase:ase.calculators.emt:EMT']) {
  holdsContract(`mdbench:${name}`, 'ASE');
}
holdsContract('ase:EMT', 'ASE');
