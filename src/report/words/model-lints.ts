// What was seen in a model file and not mended.

import { counted } from '../format.js';

interface Lint {
  readonly id: string;
  readonly count: number;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

const sentences: Readonly<Record<string, (lint: Lint) => string>> = {
  'scatter-nd-race': ({ count }) =>
    `${counted(count, 'ScatterND')} with a reduction, right on one thread only (onnxruntime issues 18048, 23396)`,
  'scatter-overwrites': ({ count }) =>
    `${counted(count, 'scatter')} without a reduction: what is written twice to one place is lost`,
  'fixed-dimensions': () => 'the number of atoms or pairs is fixed in the file',
  'baked-shape-constants': ({ count }) =>
    `${counted(count, 'sum')} into a constant of the size that the exporter saw: another number of atoms goes wrong`,
  'no-double-kernel': ({ count }) =>
    `${counted(count, 'node')} that the CPU computes in single precision only`,
  'unknown-domain': (lint) => `operators of domains that ONNX Runtime does not know: ${names(lint)}`,
  'no-cpu-kernel': (lint) => `operators that ONNX Runtime has no CPU kernel for: ${names(lint)}`,
  loop: ({ count }) => `${counted(count, 'loop')}, through which no graph can be differentiated`,
  'if-kept': ({ count }) => `${counted(count, 'If node')} that more than shapes decide`,
  'pass-refused': ({ values }) => `the repair ${values.pass} could not be made: ${values.reason}`,
};

/** A clause without a full stop; one without words is shown by its id. */
export function describeLint(lint: Lint): string {
  const sentence = Object.hasOwn(sentences, lint.id) ? sentences[lint.id] : undefined;
  return sentence ? sentence(lint) : `${lint.id} ×${lint.count}`;
}

function names({ values }: Lint): string {
  return Array.isArray(values.names) ? values.names.join(', ') : '?';
}
