// Compiles native/build/mdbench.node with the system's C++ compiler; nothing is downloaded. Without a compiler
// it says so and succeeds: the TypeScript reference does everything, only slower. `node build.mjs [folder]`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const target = process.argv[2] ?? join(here, 'build');
const output = join(target, 'mdbench.node');
const stamp = join(target, 'mdbench.stamp');
const log = join(target, 'build.log');

// No contraction and no fast math: both backends round alike.
const flags = [
  '-O3',
  '-std=c++17',
  '-shared',
  '-fPIC',
  '-fvisibility=hidden',
  '-ffp-contract=off',
  '-DNDEBUG',
];
const definitions = ['-DNAPI_VERSION=8', '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL'];
const linking = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];

main();

function main() {
  if (process.platform === 'win32') return without('there is no native part for Windows yet');
  const sources = filesBelow(here).filter((file) => /\.(cc|h)$/.test(file));
  const includes = includeFolders();
  if (includes === null) return without('node-addon-api and node-api-headers are not installed');
  const compiler = findCompiler();
  if (compiler === null) return without('no C++ compiler found');
  const key = keyOf(sources, compiler);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) {
    say('native part is up to date');
    return;
  }
  const begin = performance.now();
  if (!compile(compiler, sources, includes)) {
    return without(`the C++ compiler failed, see ${log}`);
  }
  writeFileSync(stamp, key);
  say(`native part built with ${compiler.name} in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

function compile(compiler, sources, includes) {
  mkdirSync(target, { recursive: true });
  const fresh = `${output}.${process.pid}`;
  const units = sources.filter((file) => file.endsWith('.cc'));
  const paths = [`-I${here}`, ...includes.map((folder) => `-I${folder}`)];
  const args = [
    ...compiler.command.slice(1),
    ...flags,
    ...definitions,
    ...paths,
    ...units,
    '-o',
    fresh,
    ...linking,
  ];
  const run = spawnSync(compiler.command[0], args, { encoding: 'utf8' });
  const said = [
    compiler.version,
    [compiler.command[0], ...args].join(' '),
    run.stdout,
    run.stderr,
    run.error,
  ];
  writeFileSync(log, `${said.filter(Boolean).join('\n')}\n`);
  if (run.status !== 0) {
    rmSync(fresh, { force: true });
    return false;
  }
  renameSync(fresh, output);
  return true;
}

/** `$CXX` (which may carry arguments) when it is set, otherwise the first that answers. */
function findCompiler() {
  const wanted = process.env.CXX?.trim();
  for (const name of wanted ? [wanted] : ['c++', 'g++', 'clang++']) {
    const command = name.split(/\s+/);
    const run = spawnSync(command[0], [...command.slice(1), '--version'], { encoding: 'utf8' });
    if (run.status === 0) return { name, command, version: run.stdout.split('\n')[0] };
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

/** Changes with the sources, the flags and the compiler; not with Node, whose binary interface is stable. */
function keyOf(sources, compiler) {
  const hash = createHash('sha256');
  hash.update(
    [process.platform, process.arch, compiler.version, ...flags, ...definitions, ...linking].join('\n'),
  );
  for (const file of sources) hash.update(`\n${file.slice(here.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'build')
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}

/** Removes what an earlier build left, so that nothing stale is loaded. */
function without(reason) {
  rmSync(output, { force: true });
  rmSync(stamp, { force: true });
  say(
    `${reason}: the TypeScript reference does everything, only slower. Install a C++17 compiler and run: npm run build`,
  );
}

function say(sentence) {
  process.stdout.write(`mdbench: ${sentence}\n`);
}
