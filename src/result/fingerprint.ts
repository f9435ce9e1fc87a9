// What a stored number depends on beside the code under test: machine, software and workload, each with its hash.

import { z } from 'zod';
import type { Workload } from './campaign.js';
import { sha256 } from './column.js';
import type { Environment } from './document.js';

const partsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const groupSchema = z.object({
  /** SHA-256 of the parts that count, as JSON with sorted keys. */
  hash: z.string(),
  parts: partsSchema,
});
export const fingerprintSchema = z.object({
  hardware: groupSchema,
  software: groupSchema,
  workload: groupSchema,
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export interface FingerprintDifference {
  readonly group: keyof Fingerprint;
  readonly key: string;
  readonly baseline: string | number | boolean | null;
  readonly candidate: string | number | boolean | null;
}

/** Control times closer than this are those of one machine. */
const controlTolerance = 0.05;
/** Of a workload: what is under test, and what the software part has already. */
const notWorkload = ['forceField', 'file', 'tool', 'node', 'onnxruntime', 'backend'];

/**
 * @param controlTime ms, of the fixed control workload on this machine
 * @param tool version of mdbench
 */
export function fingerprintOf(measured: {
  readonly environment: Environment;
  readonly tool: string;
  readonly workload: Workload;
  readonly controlTime: number;
}): Fingerprint {
  const { environment, workload } = measured;
  const hardware = {
    cpu: environment.cpu,
    coresUsable: environment.coresUsable,
    memoryGiB: Math.round(environment.memory / 2 ** 30),
    arch: environment.arch,
  };
  return {
    // The control score stands beside the hash: two times a hair apart may lie in different buckets.
    hardware: {
      hash: hashOf(hardware),
      parts: {
        ...hardware,
        controlTime: measured.controlTime,
        controlBucket: bucketOf(measured.controlTime),
      },
    },
    software: group({
      os: environment.os,
      node: environment.node,
      onnxruntime: environment.onnxruntime,
      tool: measured.tool,
      backend: environment.backend,
    }),
    workload: group(
      Object.fromEntries(Object.entries(workload).filter(([key]) => !notWorkload.includes(key))),
    ),
  };
}

/**
 * What keeps two fingerprints apart, hardware first; empty: the same machine, software and workload. Control times
 * differ when they are more than 5 % apart, wherever the edges of their buckets lie.
 */
export function fingerprintDifferences(
  baseline: Fingerprint,
  candidate: Fingerprint,
): FingerprintDifference[] {
  const groups = ['hardware', 'software', 'workload'] as const;
  return groups.flatMap((name) => {
    const before = baseline[name].parts;
    const now = candidate[name].parts;
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
      (key) => key !== 'controlBucket',
    );
    return keys
      .filter((key) => !same(key, before[key], now[key]))
      .map((key) => ({ group: name, key, baseline: before[key] ?? null, candidate: now[key] ?? null }));
  });
}

function same(key: string, a: unknown, b: unknown): boolean {
  if (key !== 'controlTime' || typeof a !== 'number' || typeof b !== 'number')
    return (a ?? null) === (b ?? null);
  return Math.abs(Math.log(a / b)) <= Math.log1p(controlTolerance);
}

/** Number of the bucket of ±5 % that a control time lies in, counted from 1 ms. */
function bucketOf(controlTime: number): number {
  return Math.round(Math.log(controlTime) / (2 * Math.log1p(controlTolerance)));
}

function group(parts: z.infer<typeof partsSchema>): Fingerprint['software'] {
  return { hash: hashOf(parts), parts };
}

function hashOf(parts: z.infer<typeof partsSchema>): string {
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(Buffer.from(JSON.stringify(sorted)));
}
