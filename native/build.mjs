// Compiles native/build/mdbench.node and libmdbench-hook.so with the system's compilers; nothing is downloaded. Without
// them it says so and succeeds: the TypeScript reference does everything that needs no hook. `node build.mjs [folder]`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const target = process.argv[2] ?? join(here, 'build');
const addon = join(target, 'mdbench.node');
const library = join(target, 'libmdbench-hook.so');
const stamp = join(target, 'mdbench.stamp');
const log = join(target, 'build.log');

// No contraction and no fast math: both backends round alike.
const shared = ['-O3', '-shared', '-fPIC', '-fvisibility=hidden'];
const flags = [...shared, '-std=c++17', '-ffp-contract=off', '-DNDEBUG'];
const definitions = ['-DNAPI_VERSION=8', '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL'];
// Threads of the hook run on in code that a program, or Node at the end of a worker, has unloaded: nothing is unloaded.
const linuxLinking = ['-Wl,-z,now', '-Wl,-z,nodelete', '-ldl', '-lpthread'];
const linking = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : linuxLinking;
const hookFlags = ['-O2', '-std=gnu11', '-fPIC', '-fvisibility=hidden', '-Wall', '-Wextra'];
// libtorch exports an InitializeInjection of its own.
const hookLinking = ['-shared', '-Wl,-Bsymbolic', ...linuxLinking];
/** What only the injected library has, and only the addon. */
const injectedAlone = ['injection.o', 'nvtx.o'];
const addonAlone = ['nvml.o'];

main();

function main() {
  if (process.platform === 'win32') return without('there is no native part for Windows yet');
  const sources = filesBelow(here).filter((file) => /\.(cc|c|h)$/.test(file));
  const includes = includeFolders();
  if (includes === null) return without('node-addon-api and node-api-headers are not installed');
  const compiler = findCompiler(process.env.CXX, ['c++', 'g++', 'clang++']);
  if (compiler === null) return without('no C++ compiler found');
  const hookCompiler =
    process.platform === 'linux' ? findCompiler(process.env.CC, ['cc', 'gcc', 'clang']) : null;
  const key = keyOf(sources, [compiler, hookCompiler]);
  const [builtKey, builtWithout = ''] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split('\n') : [];
  if (builtKey === key && existsSync(addon) && (builtWithout !== '' || existsSync(library))) {
    say(`native part is up to date${builtWithout}`);
    return;
  }
  const begin = performance.now();
  mkdirSync(target, { recursive: true });
  writeFileSync(log, '');
  const folder = join(target, `objects.${process.pid}`);
  mkdirSync(folder);
  const hook = buildHook(hookCompiler, sources, folder);
  if (hook.reason !== null) rmSync(library, { force: true });
  const isBuilt = buildAddon(compiler, sources, includes, hook.objects, folder);
  rmSync(folder, { recursive: true });
  // The library that was made just now serves other programs all the same.
  if (!isBuilt) return without(`the C++ compiler failed, see ${log}`, [addon, stamp]);
  const lacking = hook.reason === null ? '' : `, without the CUDA hook: ${hook.reason}`;
  writeFileSync(stamp, `${key}\n${lacking}`);
  const names = [compiler, ...(hook.objects.length > 0 ? [hookCompiler] : [])].map(({ name }) => name);
  const time = ((performance.now() - begin) / 1000).toFixed(1);
  say(`native part built with ${names.join(' and ')} in ${time} s${lacking}`);
}

/** Objects of the hook for the addon, and the library that is injected; or the reason why there is neither. */
function buildHook(compiler, sources, folder) {
  if (process.platform !== 'linux') return { objects: [], reason: 'it is for Linux' };
  if (compiler === null) return { objects: [], reason: 'no C compiler found' };
  const objects = [];
  for (const source of sources.filter((file) => file.endsWith('.c'))) {
    const object = join(folder, `${basename(source, '.c')}.o`);
    if (!run(compiler, [...hookFlags, `-I${here}`, '-c', source, '-o', object]))
      return { objects: [], reason: `the C compiler failed, see ${log}` };
    objects.push(object);
  }
  const injected = objects.filter((object) => !addonAlone.includes(basename(object)));
  const inAddon = objects.filter((object) => !injectedAlone.includes(basename(object)));
  if (!link(compiler, library, [...injected, ...hookLinking]))
    return { objects: inAddon, reason: `the library for other programs did not link, see ${log}` };
  return { objects: inAddon, reason: null };
}

/** All sources as one: the headers of node-addon-api take longer to read than all else, once for each. */
function buildAddon(compiler, sources, includes, objects, folder) {
  const whole = join(folder, 'addon.cc');
  const units = sources.filter((file) => file.endsWith('.cc'));
  writeFileSync(whole, units.map((file) => `#include "${file}"\n`).join(''));
  const paths = [`-I${here}`, ...includes.map((folder) => `-I${folder}`)];
  const defined = objects.length > 0 ? [...definitions, '-DMDBENCH_HOOK'] : definitions;
  return link(compiler, addon, [...flags, ...defined, ...paths, whole, ...objects, ...linking]);
}

/** Into a fresh file first, so that nobody ever loads half of one. */
function link(compiler, output, args) {
  const fresh = `${output}.${process.pid}`;
  const done = run(compiler, [...args, '-o', fresh]);
  if (done) renameSync(fresh, output);
  else rmSync(fresh, { force: true });
  return done;
}

function run({ command, version }, args) {
  const [program, ...first] = command;
  const all = [...first, ...args];
  const { status, stdout, stderr, error } = spawnSync(program, all, { encoding: 'utf8' });
  const said = [version, [program, ...all].join(' '), stdout, stderr, error];
  appendFileSync(log, `${said.filter(Boolean).join('\n')}\n`);
  return status === 0;
}

/** The one that is asked for (which may carry arguments), otherwise the first that answers. */
function findCompiler(asked, usual) {
  const wanted = asked?.trim();
  for (const name of wanted ? [wanted] : usual) {
    const command = name.split(/\s+/);
    const answer = spawnSync(command[0], [...command.slice(1), '--version'], { encoding: 'utf8' });
    if (answer.status === 0) return { name, command, version: answer.stdout.split('\n')[0] };
  }
  return null;
}

function includeFolders() {
  try {
    return [
      dirname(require.resolve('node-addon-api/package.json')),
      join(dirname(require.resolve('node-api-headers/package.json')), 'include'),
    ];
  } catch {
    return null;
  }
}

/** Changes with the sources, the flags and the compilers; not with Node, whose binary interface is stable. */
function keyOf(sources, compilers) {
  const hash = createHash('sha256');
  const settings = [...flags, ...definitions, ...linking, ...hookFlags, ...hookLinking];
  const versions = compilers.map((compiler) => compiler?.version ?? 'none');
  hash.update([process.platform, process.arch, ...versions, ...settings].join('\n'));
  for (const file of sources) hash.update(`\n${file.slice(here.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'build' && entry.name !== 'gpu-proof')
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}

/** Removes what an earlier build left, so that nothing stale is loaded. */
function without(reason, stale = [addon, library, stamp]) {
  for (const file of stale) rmSync(file, { force: true });
  say(
    `${reason}: the TypeScript reference does everything, only slower. Install a C++17 compiler and run: npm run build`,
  );
}

function say(sentence) {
  process.stdout.write(`mdbench: ${sentence}\n`);
}
