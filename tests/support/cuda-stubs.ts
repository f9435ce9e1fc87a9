// The stand-ins of tests/native/cuda, compiled by the system's C compiler into native/build/stubs, once for all tests.

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const sources = resolve('tests/native/cuda');
const hookSources = resolve('native/cuda');
const store = resolve('native/build/stubs');
const compiler = commandOf(process.env.CC, 'cc');

/** Why nothing native can be tested; null where it can. */
export const noCompiler =
  process.platform !== 'linux'
    ? 'no Linux'
    : !answers(compiler)
      ? 'no C compiler'
      : answers(commandOf(process.env.CXX, 'c++'))
        ? null
        : 'no C++ compiler';

/** Where NVIDIA's wheels lie unpacked, a folder a version; null where they do not. */
export const wheels =
  [process.env.MDBENCH_CUPTI_WHEELS, resolve('.venv/cupti')].find((folder) => folder && existsSync(folder)) ??
  null;

/** Versions of CUPTI that are among them. */
export const wheelVersions =
  wheels === null
    ? []
    : readdirSync(wheels)
        .filter((entry) => /^\d+\.\d+$/.test(entry))
        .sort();

const flags = ['-std=gnu11', '-O1', '-g', '-Wall', '-Wextra', '-Werror'];

/** Compiles `files` (of tests/native/cuda unless absolute) into one program or library, or finds what was compiled before. */
export function compiled(name: string, files: readonly string[], args: readonly string[] = []): string {
  const key = createHash('sha256').update([...compiler, name, ...files, ...args, ...flags].join('\n'));
  for (const folder of [sources, hookSources])
    for (const file of readdirSync(folder).filter((entry) => /\.[ch]$/.test(entry)))
      key.update(readFileSync(join(folder, file)));
  const output = join(store, key.digest('hex').slice(0, 16), name);
  if (existsSync(output)) return output;
  mkdirSync(dirname(output), { recursive: true });
  const fresh = join(dirname(output), `${process.pid}-${name}`);
  const paths = files.map((file) => resolve(sources, file));
  const run = compile([...flags, ...args, ...paths, '-o', fresh, '-ldl', '-lpthread', '-lm']);
  if (run.status !== 0) throw new Error(run.stderr);
  renameSync(fresh, output);
  return output;
}

function commandOf(asked: string | undefined, usual: string): string[] {
  return (asked?.trim() || usual).split(/\s+/);
}

function answers([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, [...args, '--version']).status === 0;
}

/** Whether a program that is compiled with `args` runs here. */
export function canRun(args: readonly string[]): boolean {
  if (noCompiler !== null) return false;
  mkdirSync(store, { recursive: true });
  const folder = mkdtempSync(join(store, 'canary-'));
  const source = join(folder, 'canary.c');
  writeFileSync(source, 'int main(void) { return 0; }\n');
  const made = compile([...args, source, '-o', join(folder, 'canary')]);
  const run = made.status === 0 ? spawnSync(join(folder, 'canary')) : made;
  rmSync(folder, { recursive: true });
  return run.status === 0;
}

/** Runs the compiler. */
export function compile(args: readonly string[]): SpawnSyncReturns<string> {
  const [program = '', ...first] = compiler;
  return spawnSync(program, [...first, ...args], { encoding: 'utf8' });
}

export interface Stubs {
  /** Of CUPTI; null: there is none. */
  readonly cupti?: string | null;
  readonly cuda?: boolean;
  /** Symbols that libcupti, libcuda lack. */
  readonly missing?: readonly string[];
  readonly args?: readonly string[];
}

/** A folder of libcuda.so.1, libnvidia-ml.so.1 and libcupti under the name that its version has. */
export function stubFolder({ cupti = '12.4', cuda = true, missing = [], args = [] }: Stubs = {}): string {
  mkdirSync(store, { recursive: true });
  const hidden = [...missing, ...laterThan(cupti ?? '13.5')];
  const made = [library('libnvidia-ml.so.1', ['stub-nvml.c'], hidden, args)];
  if (cuda) made.push(library('libcuda.so.1', ['stub-cuda.c'], hidden, args));
  const files = ['stub-cupti.c', 'stub-activity.c', 'stub-records.c'];
  if (cupti !== null) made.push(library(soname(cupti), files, hidden, args));
  const folder = join(store, createHash('sha256').update(made.join()).digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  for (const file of made) symlinkSync(file, join(fresh, basename(file)));
  try {
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true });
  }
  return folder;
}

/** Its objects are compiled once, whichever symbols it hides. */
function library(
  name: string,
  files: readonly string[],
  hidden: readonly string[],
  args: readonly string[],
): string {
  const how = ['-fPIC', '-fvisibility=hidden', ...args];
  const including = [...how, '-c', `-I${layoutFolder()}`];
  const objects = files.map((file) => compiled(file.replace('.c', '.o'), [file], including));
  const prefix = name.startsWith('libcupti') ? /^cupti/ : name.startsWith('libcuda') ? /^cu[A-Z]/ : /^nvml/;
  const own = hidden.filter((symbol) => prefix.test(symbol));
  const script = own.length === 0 ? [] : [`-Wl,--version-script=${versionScript(own)}`];
  return compiled(name, objects, ['-shared', ...how, ...script]);
}

/** libcupti.so.11.8, but libcupti.so.12. */
export function soname(cupti: string): string {
  const major = Number(cupti.split('.')[0]);
  return `libcupti.so.${major < 12 ? cupti : major}`;
}

/** Functions that CUPTI got after `version`. */
function laterThan(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (from: number) => major * 100 + minor < from;
  return [
    ...(since(1202) ? ['cuptiGetErrorMessage'] : []),
    ...(since(1205) ? ['cuptiActivityEnableDriverApi', 'cuptiActivityEnableRuntimeApi'] : []),
    ...(since(1300) ? ['cuptiSubscribe_v2'] : []),
  ];
}

function versionScript(hidden: readonly string[]): string {
  const file = join(store, `${createHash('sha256').update(hidden.join()).digest('hex').slice(0, 16)}.map`);
  writeFileSync(file, `{ global: cu*; nv*; mdbench*; local: ${hidden.join('; ')}; };\n`);
  return file;
}

/** Where the headers of CUPTI and of the runtime of one version lie, and what those lack. */
export function headersOf(version: string): string[] {
  const parts = ['cuda_cupti', 'cuda_runtime', 'cu13'].map((part) =>
    join(wheels ?? '', version, 'nvidia', part, 'include'),
  );
  return [...parts.filter((folder) => existsSync(folder)), join(sources, 'headers')];
}

/** Of layouts.h: made from NVIDIA's headers where they are, as it is committed otherwise. */
export function layoutFolder(): string {
  if (wheels === null) return sources;
  const key = createHash('sha256').update(wheels);
  for (const file of ['layouts.mjs', 'layouts.c', 'layouts.h', 'layout-fields.h'])
    key.update(readFileSync(join(sources, file)));
  const folder = join(store, key.digest('hex').slice(0, 16));
  const table = join(folder, 'layouts.h');
  if (existsSync(table)) return folder;
  mkdirSync(folder, { recursive: true });
  const fresh = `${table}.${process.pid}`;
  const run = spawnSync(process.execPath, [join(sources, 'layouts.mjs'), wheels, fresh], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  renameSync(fresh, table);
  return folder;
}
