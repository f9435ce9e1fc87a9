// The warnings about a table of operators in sentences.

import type { Sentence } from './warning-values.js';

export const operatorCautions: Record<string, Sentence> = {
  'operators-slowed': (v) => [
    `Under ONNX Runtime's own profile a force call took ${v.number('ratio')} times as long, ${v.size('each', 'ms')} more a node: short operators look longer than they are.`,
    'Trust the long ones; hot spots leave out what profiling adds to every node.',
  ],
  'operator-calls-missing': (v) => [
    `The profile of the operators has ${v.counted('calls', 'whole force call')} of the ${v.number('asked')} that were made.`,
    'Look for space in the folder of temporary files (TMPDIR).',
  ],
  'operator-events-unreadable': (v) => [
    `${v.counted('events', 'event')} of ONNX Runtime's profile could not be read: the operators have less time than they took.`,
    'Look for unusual characters in the names of the nodes.',
  ],
  'operator-nodes-cut': (v) => [
    `The ${v.number('kept')} longest of ${v.number('of')} nodes are listed; the types hold all of them.`,
  ],
};
