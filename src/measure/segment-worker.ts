// The program of a worker of a paired campaign: `{"case": …, "handicap": 0.05}` or a bare case as its one argument.

import { z } from 'zod';
import { MdbenchError } from '../errors.js';
import { borrowFromParent, returnClients } from '../forcefield/index.js';
import { caseSpec } from '../spec/case.js';
import { parseSpec } from '../spec/parse.js';
import { type SegmentWork, serveSegments } from './segment-process.js';

const handicapped = z.strictObject({ case: caseSpec, handicap: z.number().default(0) });

if (process.connected) borrowFromParent();
process.exitCode = (await serveSegments(() => workOf(process.argv[2] ?? ''))) ? 0 : 1;
await returnClients();

function workOf(text: string): SegmentWork {
  const value = parseJson(text);
  const { case: spec, handicap } = parseSpec(
    handicapped,
    Object.hasOwn(value, 'case') ? value : { case: value },
    'The argument',
    'option-invalid',
  );
  return { spec, handicap };
}

function parseJson(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new MdbenchError('option-invalid', `The argument must be a case in JSON (received "${text}").`);
  }
}
