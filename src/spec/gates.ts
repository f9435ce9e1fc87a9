// A gate: a pattern of numbers, what they must keep to, and whether a build fails over it.

import { z } from 'zod';
import { MdbenchError } from '../errors.js';
import { patternText } from './gate-pattern.js';
import { parseShare, shareText } from './share.js';

export interface Gate {
  /** `<force field>/<system>/<metric>` or `<force field>/<metric>`, with `*`. */
  readonly pattern: string;
  readonly severity: 'error' | 'warn';
  readonly rule: 'maxRegression' | 'max' | 'min';
  /** A share (0.03) for `maxRegression`, else in the metric's own unit. */
  readonly limit: number;
}

const rules = ['maxRegression', 'max', 'min'] as const;
const limit = z.number('must be a number in the unit of the metric').optional();
const regression = 'must be a share above 0 and below 1, such as "3%" or 0.03';

const rulesSpec = z
  .strictObject(
    {
      /** Tolerated slowdown against the baseline. */
      maxRegression: z
        .union(
          [z.string().regex(shareText, regression), z.number().gt(0, regression).lt(1, regression)],
          regression,
        )
        .optional(),
      max: limit,
      min: limit,
    },
    { error: (issue) => rulesMessage(issue.code === 'unrecognized_keys' ? issue.keys : []) },
  )
  .meta({ minProperties: 1 })
  .refine((one) => rules.some((rule) => one[rule] !== undefined), { error: rulesMessage([]) })
  .refine(({ maxRegression: share }) => typeof share !== 'string' || isTolerance(share), {
    path: ['maxRegression'],
    error: regression,
  })
  .refine(({ max = Infinity, min = -Infinity }) => min <= max, {
    error: 'has a min above its max: nothing could pass',
  });

const gateSpec = z.tuple(
  [z.enum(['error', 'warn', 'off'], 'must be "error", "warn" or "off"'), rulesSpec],
  'must be a severity and its rules, such as ["error", {"maxRegression": "3%"}]',
);

/** A gate file as it is written. */
export const gateFileSpec = z
  .object({ $schema: z.string().optional() }, 'must be an object of patterns and their gates')
  .catchall(gateSpec);

/** The gates of a file that has been checked against `gateFileSpec`; several rules of one pattern are several gates. */
export function gatesOf({ $schema: _, ...entries }: z.infer<typeof gateFileSpec>): Gate[] {
  return Object.entries(entries).flatMap(([pattern, [severity, asked]]) => {
    if (severity === 'off') return [];
    return rules.flatMap((rule) => {
      const value = asked[rule];
      if (value === undefined) return [];
      return { pattern, severity, rule, limit: typeof value === 'string' ? parseShare(value) : value };
    });
  });
}

/**
 * What is checked when no gate file is given: the whole step of every force field and system.
 * @throws MdbenchError(option-invalid) for a tolerance that is not above 0 and below 1
 */
export function defaultGates(maxRegression: number): Gate[] {
  if (!(maxRegression > 0 && maxRegression < 1)) {
    throw new MdbenchError(
      'option-invalid',
      `The tolerated regression ${regression} (received ${maxRegression}).`,
      'With a tolerance of 0 not even an unchanged program could pass.',
    );
  }
  return [{ pattern: '*/step-time-p50', severity: 'error', rule: 'maxRegression', limit: maxRegression }];
}

/** The JSON schema of a gate file; src/spec/gates.schema.json is its committed copy. */
export function gateFileJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(gateFileSpec, { io: 'input' });
  return {
    title: 'mdbench gate file',
    ...schema,
    propertyNames: { anyOf: [{ const: '$schema' }, { pattern: patternText.source }] },
  };
}

function rulesMessage(unknown: readonly string[]): string {
  const found = unknown.length === 0 ? '' : `, there is no rule ${unknown.join(', ')}`;
  return `must have one or more of maxRegression, max and min${found}`;
}

function isTolerance(text: string): boolean {
  const share = Number.parseFloat(text) / 100;
  return share > 0 && share < 1;
}
