// Finds and reads the manifest beside a model file: `model.onnx.mdbench.json` or `model.mdbench.json`.

import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { MdbenchError } from '../../errors.js';
import { type Manifest, manifestSpec } from '../../spec/manifest.js';

export interface ManifestFile {
  readonly path: string;
  readonly manifest: Manifest;
}

/** Where a manifest for a model file belongs. */
export function manifestPath(modelPath: string): string {
  return `${modelPath}.mdbench.json`;
}

/** @throws `manifest-invalid` naming the file and what in it is wrong. Null: there is none. */
export function readManifest(modelPath: string): ManifestFile | null {
  const candidates = [manifestPath(modelPath), manifestPath(modelPath.replace(/\.onnx$/i, ''))];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) return null;
  return { path, manifest: parseManifest(readFileSync(path, 'utf8'), path) };
}

function parseManifest(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(path, `it is not JSON (${error instanceof Error ? error.message : error})`);
  }
  const parsed = manifestSpec.safeParse(value);
  if (!parsed.success) throw invalid(path, describeIssues(parsed.error));
  return parsed.data;
}

export function describeIssues(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      const message = (issue.code === 'invalid_union' && issue.errors[0]?.[0]?.message) || issue.message;
      return issue.path.length > 0 ? `\`${issue.path.join('.')}\`: ${message}` : message;
    })
    .join('; ');
}

function invalid(path: string, reason: string): MdbenchError {
  return new MdbenchError(
    'manifest-invalid',
    `The manifest ${path} is not valid: ${reason}.`,
    'Correct it, or remove the manifest: mdbench inspect prints one to start from.',
  );
}
