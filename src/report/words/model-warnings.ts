// What the preparation of a model file has to say of every number that is measured with it.

import type { Sentence } from './warning-values.js';

export const modelCautions: Record<string, Sentence> = {
  'finite-difference-forces': (v) => [
    `Forces are differences of energies: each force call is ${v.number('calls')} calls of the model, and its times say nothing of the model in molecular dynamics.`,
    'Use --forces autodiff, or export the model with its forces.',
  ],
  'repair-rejected': (v) => [
    `The repair ${v.text('pass')} made the energy depend more on the order of the atoms and was taken back.`,
    'Examine the model as it is: mdbench validate.',
  ],
};
