// The catalogue of force fields. To add one: a file here, a line in `builtIns`, a test. What reads model files and what
// speaks to other programs is loaded where it is needed: every worker would pay for it.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MdbenchError } from '../errors.js';
import { packageFile } from '../package-file.js';
import type { ForceFieldSpec } from '../spec/case.js';
import { isExternal } from './external-name.js';
import type { ForceField } from './force-field.js';
import type { ProgramCare } from './ipi/index.js';
import { createLennardJones } from './lennard-jones.js';
import { createNullForceField } from './null.js';
import type { Annotation, Differentiated, DifferentiateOptions, Inspection } from './onnx/index.js';
import { createStillingerWeber } from './stillinger-weber.js';

export { awaitedAddress, isExternal, startsProgram } from './external-name.js';
export type {
  CallObserver,
  ForceField,
  ForceFieldDescription,
  ForceOutput,
} from './force-field.js';
export { createForceOutput } from './force-field.js';
export { forceFieldId } from './id.js';
export { returnClients } from './ipi/lent-client.js';
export { borrowFromParent, lendTo } from './ipi/loan.js';
export type { AwaitedClient } from './ipi/reception.js';
export { withClients } from './ipi/with-clients.js';
export { createLennardJones, type LennardJonesOptions } from './lennard-jones.js';
export type { Annotation, Differentiated, DifferentiateOptions, Inspection } from './onnx/index.js';
export { openPreparedStore } from './onnx/prepared-store.js';

interface BuiltIn {
  readonly title: string;
  readonly create: () => ForceField;
}

const builtIns: Readonly<Record<string, BuiltIn>> = {
  'lennard-jones': {
    title: 'Lennard-Jones argon, analytic, energy shifted at the cutoff',
    create: () => createLennardJones(),
  },
  'lennard-jones-switched': {
    title: 'the same, switched smoothly to zero before the cutoff',
    create: () => createLennardJones({ cut: 'switched' }),
  },
  'lennard-jones-plain': {
    title: 'the same, plainly cut: its energy jumps there',
    create: () => createLennardJones({ cut: 'plain' }),
  },
  'stillinger-weber': { title: 'Stillinger-Weber silicon, analytic', create: () => createStillingerWeber() },
  null: { title: 'no forces at all, to measure the harness', create: () => createNullForceField() },
};
const modelFolder = packageFile('benchmarks/models');

export interface ForceFieldOptions {
  /** Of a model file: start of the paths of ONNX Runtime's own profile, written by `dispose`. */
  readonly profile?: string;
  /** Of another program that mdbench starts, where it is looked into meanwhile. */
  readonly care?: ProgramCare;
}

/**
 * A built-in force field, a shipped model by its name, the model file at a path, or another program: `ase:…`, `ipi:…`.
 * @throws `file-not-found` naming what there is; for a model file everything that reading, binding and loading can throw
 */
export async function createForceField(
  spec: ForceFieldSpec,
  { profile, care }: ForceFieldOptions = {},
): Promise<ForceField> {
  if (isExternal(spec.name)) return (await import('./ipi/index.js')).createExternalForceField(spec, care);
  const builtIn = Object.hasOwn(builtIns, spec.name) ? builtIns[spec.name] : undefined;
  if (builtIn && spec.provider !== 'cpu') {
    throw new MdbenchError(
      'provider-unavailable',
      `${spec.name} is computed on the CPU; there is no provider ${spec.provider} for it.`,
      'Leave --provider out, or run it apart from the ONNX force fields.',
    );
  }
  if (builtIn) return builtIn.create();
  const { createOnnxForceField } = await import('./onnx/force-field.js');
  return createOnnxForceField({ ...spec, name: modelFile(spec.name) }, profile);
}

/** The path of a model file by its path or by the name of a shipped model. */
export function modelFile(name: string): string {
  const shipped = join(modelFolder, `${name}.onnx`);
  if (!existsSync(name) && shippedModels().includes(name)) return shipped;
  if (existsSync(name)) return name;
  const there = listForceFields().map((entry) => entry.name);
  const beside = filesLike(name);
  throw new MdbenchError(
    'file-not-found',
    `There is no force field "${name}": it is neither a file nor one of ${there.join(', ')}.`,
    beside.length > 0
      ? `Beside it are ${beside.join(', ')}.`
      : 'Give the path of an .onnx file or one of these names.',
  );
}

/**
 * What is known of a model file, by its path or the name of a shipped model; a refusal to run it is part of the answer.
 * @throws `usage` for a built-in, `file-not-found`, `not-onnx`, `truncated-onnx`, `external-data-missing`
 */
export async function inspectForceField(name: string): Promise<Inspection> {
  const file = ownFile(name);
  return (await import('./onnx/index.js')).inspectModel(file);
}

/**
 * Writes how a model file is bound into the metadata of a copy, which then needs no manifest.
 * @param to path of the copy
 * @throws what `inspectForceField` throws; `unbindable-inputs`, `manifest-invalid`, `output-not-writable`
 */
export async function annotateForceField(name: string, to: string): Promise<Annotation> {
  const file = ownFile(name);
  return (await import('./onnx/index.js')).annotateModel(file, to);
}

/**
 * Writes a model with its forces (and stress) as a plain ONNX file.
 * @param to path of the file to write
 * @throws what `inspectForceField` throws; `unbindable-inputs`, `not-differentiable`, `output-not-writable`
 */
export async function differentiateForceField(
  name: string,
  to: string,
  options?: DifferentiateOptions,
): Promise<Differentiated> {
  const file = ownFile(name);
  return (await import('./onnx/index.js')).differentiateModel(file, to, options);
}

function ownFile(name: string): string {
  if (!isExternal(name) && !Object.hasOwn(builtIns, name)) return modelFile(name);
  const what = isExternal(name) ? 'another program' : 'built in';
  throw new MdbenchError('usage', `${name} is ${what} and has no model file.`, 'Give an .onnx file.');
}

/** Names that `createForceField` knows, with a title each. */
export function listForceFields(): { name: string; title: string }[] {
  return [
    ...Object.entries(builtIns).map(([name, { title }]) => ({ name, title })),
    ...shippedModels().map((name) => ({ name, title: 'shipped ONNX model' })),
  ];
}

function shippedModels(): string[] {
  return modelsIn(modelFolder).map((file) => file.replace(/\.onnx$/, ''));
}

/** Model files of the same folder, those first that share the beginning of the name. */
function filesLike(name: string): string[] {
  const start = basename(name).slice(0, 3).toLowerCase();
  const files = modelsIn(dirname(name));
  const alike = files.filter((file) => file.toLowerCase().startsWith(start));
  return (alike.length > 0 ? alike : files).slice(0, 5).map((file) => join(dirname(name), file));
}

function modelsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.onnx')) : [];
}
