// A suite: a grid of force fields and systems under one dynamics, as a JSON file in benchmarks/suites/ or of the user's.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { MdbenchError } from '../errors.js';
import { packageFile } from '../package-file.js';
import { dynamicsSpec, forceFieldSpec, systemSpec } from './case.js';
import { parseSpec } from './parse.js';

const suiteSpec = z.strictObject({
  suite: z.literal(1),
  title: z.string().min(1),
  forceFields: z.array(forceFieldSpec).min(1),
  systems: z.array(systemSpec).min(1),
  dynamics: dynamicsSpec.prefault({}),
});
type SuiteSpec = z.infer<typeof suiteSpec>;

const suiteFolder = packageFile('benchmarks/suites');

/**
 * A suite by its name in benchmarks/suites/, or by the path of a JSON file, from whose folder its paths are read.
 * @throws MdbenchError(file-not-found | suite-invalid)
 */
export function loadSuite(nameOrFile: string): SuiteSpec {
  const shipped = listSuites();
  const file = shipped.includes(nameOrFile) ? join(suiteFolder, `${nameOrFile}.json`) : nameOrFile;
  if (!existsSync(file)) {
    throw new MdbenchError(
      'file-not-found',
      `No suite ${nameOrFile}.`,
      `Shipped suites: ${shipped.join(', ')}; or give a JSON file.`,
    );
  }
  const suite = parseSpec(suiteSpec, parseJson(file), `Suite ${file}`, 'suite-invalid');
  const beside = (path: string) => (existsSync(join(dirname(file), path)) ? join(dirname(file), path) : path);
  return {
    ...suite,
    forceFields: suite.forceFields.map((one) => ({ ...one, name: beside(one.name) })),
    systems: suite.systems.map((one) => ('name' in one ? one : { ...one, structure: beside(one.structure) })),
  };
}

function listSuites(): string[] {
  return readdirSync(suiteFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MdbenchError('suite-invalid', `Suite ${file} is not JSON: ${(error as Error).message}.`);
  }
}
