// The commands of the README, as they stand there, on short trajectories.

import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadGates } from '../../src/spec/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

const readme = readFileSync('README.md', 'utf8');
const commands = [...readme.matchAll(/^npx mdbench (.+)$/gm)].map((match) => match[1].split('#')[0].trim());
const short = ['--steps', '20', '--equilibrate', '5', '--seeds', '1'];
/** What makes a verb short, and its verdict one that noise cannot change. */
const shortened: Readonly<Record<string, readonly string[]>> = {
  run: short,
  compare: [...short, '--pairs', '2', '--frames', '10'],
  profile: short,
  check: ['--equilibrate', '5', '--pairs', '4', '--max-regression', '60%'],
  baseline: ['--equilibrate', '5'],
};

describe('the README', () => {
  const folder = temporaryFolder();
  for (const name of ['model.onnx', 'old.onnx'])
    copyFileSync('benchmarks/models/silicon-student.onnx', join(folder, name));

  it('has at most 130 lines and names commands', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(130);
    expect(commands.length).toBeGreaterThan(6);
  });

  it.each(commands)('mdbench %s', async (command) => {
    const words = command.split(/\s+/);
    if (command.includes('cell.extxyz')) await writeCell(folder);
    if (words[0] === 'report') await writeResults(folder);
    const typed = await mdbench([...words, ...(shortened[words[0]] ?? [])], { cwd: folder });
    const planned = ['compare', 'check', 'baseline', 'profile'].includes(words[0]);
    expect([typed.code, planned ? '' : typed.stderr.replace(/^(.*: ok|examining .*)\n/gm, '')]).toEqual([
      0,
      '',
    ]);
  });

  it('has a gate file that is one, and a workflow whose options exist', async () => {
    const [gates, workflow] = [...readme.matchAll(/```yaml\n([\s\S]+?)```/g)].map((match) => match[1]);
    const file = join(folder, 'gates.yaml');
    writeFileSync(file, gates);
    expect(loadGates(file).map(({ rule }) => rule)).toEqual(['maxRegression', 'max', 'max']);
    const steps = parse(workflow) as { run?: string }[];
    const command = steps.find(({ run }) => run?.includes('mdbench'))!.run!;
    const { stdout } = await mdbench(['check', '--help']);
    for (const [option] of command.matchAll(/--[a-z-]+/g)) expect(stdout).toContain(option);
  });

  it('shows pictures and links that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  it('has an example from code that runs', () => {
    const example = /```ts\n([\s\S]+?)```/.exec(readme)![1];
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve('.'), join(folder, 'node_modules/mdbench'));
    const code = example
      .replace(/run\(\{/, 'run({ dynamics: { steps: 20, equilibrate: 0 },')
      .concat('console.log(document.status);');
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(printed).toBe('complete\n');
  });
});

async function writeCell(folder: string): Promise<void> {
  const dump = join(folder, 'cell.extxyz');
  await mdbench(
    ['run', 'silicon-student', '--system', 'si8', ...short, '--dump', dump, '--every', '20', '--out', 'cell'],
    {
      cwd: folder,
    },
  );
}

async function writeResults(folder: string): Promise<void> {
  for (const out of ['a', 'b'])
    await mdbench(['run', '--system', 'si8', ...short, '--out', out], { cwd: folder });
}
