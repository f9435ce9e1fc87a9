// The same under the oldest ASE that is promised. Its EMT takes five times the time of today's.

import { holdsContract } from '../support/interface-contract.js';
import { pastAse } from '../support/peers.js';

const past = 'ASE 3.22 (MDBENCH_PAST_ASE)';
holdsContract('mdbench:silicon-student', past, pastAse);
holdsContract('mdbench:ase:ase.calculators.emt:EMT', past, pastAse);
holdsContract('ase:EMT', past, pastAse);
