import { buildPairs } from '../../src/neighbors/index.js';
import { neighborContract } from '../support/neighbor-contract.js';

neighborContract('cell list in TypeScript', buildPairs);
