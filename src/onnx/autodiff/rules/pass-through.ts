// Identity, Cast, Dropout: what goes on as it is.

import type { Rule } from '../rule.js';

export const identityRule: Rule = {
  operators: ['Identity'],
  pullBack: ({ adjoints: [g] }) => [g!],
};

/** Between float types; a Cast to whole numbers or truth values carries no derivative. */
export const castRule: Rule = {
  operators: ['Cast', 'CastLike'],
  pullBack: ({ inputs: [x], adjoints: [g] }, emit) => [emit.op('CastLike', [g!, x!]), null],
};

/** As at inference, where Dropout is the identity. */
export const dropoutRule: Rule = {
  operators: ['Dropout'],
  pullBack: ({ adjoints: [g] }) => [g!, null, null],
};
