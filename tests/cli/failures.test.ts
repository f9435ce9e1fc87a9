// What breaks while it runs: recorded with its step and cause, the others go on, what was measured is kept.

import { type ChildProcess, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { decodeCase, readDocument } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { createGraph } from '../support/onnx-graph.js';

const endless = [
  ...['run', 'lennard-jones', '--system', 'ar108', '--steps', '5000000', '--equilibrate', '100'],
  '--no-validate',
];

/** The first `count` worker processes that `parent` starts, one after another; the last one is running. */
async function workersOf(parent: ChildProcess, count: number, settle = 400): Promise<number[]> {
  const seen = new Set<number>();
  while (seen.size < count && parent.exitCode === null) {
    await sleep(20);
    for (const pid of children(parent.pid as number)) seen.add(pid);
  }
  await sleep(settle);
  return [...seen];
}

function children(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['--ppid', String(pid), '-o', 'pid=,args='], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('worker.js'))
    .map((line) => Number.parseInt(line, 10));
}

describe('mdbench run, when something breaks', () => {
  it('speaks every ten seconds, and writes what was measured on Ctrl-C', async () => {
    const out = temporaryFolder();
    const typed = await mdbench([...endless, '--out', out], {
      onStderr(text, child) {
        if (/measure \d+\/5000000/.test(text) && !text.includes('stopping')) child.kill('SIGINT');
      },
    });
    expect(typed.code).toBe(130);
    expect(typed.stderr).toMatch(
      /measure \d+\/5000000 {2}[\d.e+]+ steps\/s {2}\d+:\d\d left {2}\d+ K {2}drift \S+ meV\/atom/,
    );
    const document = readDocument(join(out, 'result.json'));
    const [result] = document.cases;
    expect([document.status, result.status]).toEqual(['aborted', 'aborted']);
    const [samples] = decodeCase(result, out);
    expect(samples.trajectory.steps).toBeGreaterThan(100);
    expect(samples.columns.stepTime).toHaveLength(samples.trajectory.steps);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('aborted');
  }, 120_000);

  it('writes what was measured when the whole process group is asked to end', async () => {
    const out = temporaryFolder();
    const program = `exec ${process.execPath} dist/cli/main.js ${endless.join(' ')} --out ${out}`;
    const ended = spawnSync('timeout', ['-s', 'TERM', '10', 'sh', '-c', program], { encoding: 'utf8' });
    expect(ended.stderr).toContain('what was measured is written');
    const [result] = readDocument(join(out, 'result.json')).cases;
    expect([result.status, result.failure]).toEqual(['aborted', null]);
    expect(result.recording.trajectories[0].steps).toBeGreaterThan(100);
  });

  it('leaves an older result alone when stopped before anything was measured', async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'result.json'), 'older');
    const typed = await mdbench([...endless, '--out', out], {
      async onStart(child) {
        await workersOf(child, 1, 0);
        child.kill('SIGINT');
      },
    });
    expect([typed.code, readFileSync(join(out, 'result.json'), 'utf8')]).toEqual([130, 'older']);
  });

  it('prints what was measured although a file cannot be written, and exits 5', async () => {
    const out = temporaryFolder();
    const typed = await mdbench([
      'run',
      'stillinger-weber',
      '--steps',
      '30',
      '--json',
      '/dev/full',
      '--out',
      out,
    ]);
    expect(typed.code).toBe(5);
    expect(typed.stdout).toContain('Stillinger–Weber on si64');
    expect(typed.stderr).toMatch(/\/dev\/full.*ENOSPC/);
  });

  it('records a killed worker and goes on with the other cases', async () => {
    const out = temporaryFolder();
    let killed = false;
    const args = [
      'run',
      'lennard-jones',
      '--system',
      'ar4000',
      'ar108',
      '--steps',
      '3000',
      '--equilibrate',
      '0',
      '--no-validate',
    ];
    const typed = await mdbench([...args, '--out', out], {
      async onStart(child) {
        const [, measuring] = await workersOf(child, 2);
        killed = process.kill(measuring, 'SIGKILL');
      },
    });
    expect(killed).toBe(true);
    expect(typed.code).toBe(5);
    const [broken, whole] = readDocument(join(out, 'result.json')).cases;
    expect([broken.status, broken.failure?.cause]).toEqual(['failed', 'killed']);
    expect(broken.failure?.message).toMatch(/SIGKILL/);
    expect(whole.status).toBe('ok');
  });

  it('stops an exploding trajectory at its step and keeps what came before', async () => {
    const out = temporaryFolder();
    const args = [
      'run',
      'lennard-jones',
      '--system',
      'ar108',
      '--timestep',
      '150',
      '--equilibrate',
      '0',
      '--out',
      out,
    ];
    const typed = await mdbench(args);
    expect(typed.code).toBe(5);
    const [result] = readDocument(join(out, 'result.json')).cases;
    expect(result.status).toBe('failed');
    expect(['explosion', 'nan-energy']).toContain(result.failure?.cause);
    expect(result.failure?.step).toBe(result.recording.trajectories[0].steps);
    expect(result.failure?.step).toBeLessThan(1000);
    expect(typed.stdout).toContain('failed');
  });

  it('stops at the step at which energy is no number, and runs the next case', async () => {
    const out = temporaryFolder();
    const model = join(out, 'fenced.onnx');
    writeFileSync(model, fencedModel(4));
    const args = [
      'run',
      model,
      '--system',
      'methane',
      'water',
      '--equilibrate',
      '0',
      '--steps',
      '3000',
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(5);
    const results = readDocument(join(out, 'result.json')).cases;
    expect(results.map((result) => result.failure?.cause)).toEqual(['nan-energy', 'nan-energy']);
    const [{ failure, recording }] = results;
    expect(failure?.step).toBe(recording.trajectories[0].steps);
    expect(failure?.message).toContain(`step ${failure?.step}`);
  });

  it('keeps a case whose forces become infinite, and runs the next one', async () => {
    const out = temporaryFolder();
    const model = join(out, 'wall.onnx');
    writeFileSync(model, walledModel(4));
    const args = [
      'run',
      model,
      'null',
      '--system',
      'methane',
      '--equilibrate',
      '0',
      '--steps',
      '3000',
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(5);
    const [wall, free] = readDocument(join(out, 'result.json')).cases;
    expect([wall.status, free.status]).toEqual(['failed', 'ok']);
    expect(wall.failure?.step).toBe(wall.recording.trajectories[0].steps);
    expect(wall.metrics['step-time-p50'].value).toBeGreaterThan(0);
  });

  it('records what breaks in the equilibration, before anything is measured', async () => {
    const out = temporaryFolder();
    const model = join(out, 'fenced.onnx');
    writeFileSync(model, fencedModel(1.3));
    const args = [
      'run',
      model,
      '--system',
      'methane',
      '--temperature',
      '2000',
      '--equilibrate',
      '2000',
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(5);
    const [{ failure, recording }] = readDocument(join(out, 'result.json')).cases;
    expect([failure?.stage, failure?.cause]).toEqual(['equilibrate', 'nan-energy']);
    expect(recording.trajectories[0].steps).toBe(0);
  });
});

/** Atoms without forces whose energy is no number once one of them is `limit` Å from a coordinate plane. */
function fencedModel(limit: number): Uint8Array {
  const g = createGraph();
  const species = g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const square = g.op('Mul', [x, x]);
  const inside = g.op('Sqrt', [g.op('Sub', [g.constant('float64', [limit * limit]), square])]);
  const counted = g.op('Mul', [g.op('ReduceSum', [inside], { keepdims: 0 }), g.constant('float64', [1])]);
  const nothing = g.op('Mul', [
    g.op('Cast', [g.op('Shape', [species])], { to: 11 }),
    g.constant('float64', [0]),
  ]);
  g.output('energy', g.op('Add', [counted, nothing]), 'float64', [1]);
  g.output('forces', g.op('Mul', [x, g.constant('float64', [0])]), 'float64', ['n', 3]);
  return g.model();
}

/** Atoms almost without forces, until one of them is `limit` Å from a coordinate plane: then its force is infinite. */
function walledModel(limit: number): Uint8Array {
  const g = createGraph();
  const species = g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const room = g.op('Relu', [g.op('Sub', [g.constant('float64', [limit]), g.op('Abs', [x])])]);
  const atoms = g.op('Cast', [g.op('Shape', [species])], { to: 11 });
  g.output('energy', g.op('Mul', [atoms, g.constant('float64', [0])]), 'float64', [1]);
  g.output('forces', g.op('Div', [g.constant('float64', [1e-12]), room]), 'float64', ['n', 3]);
  return g.model();
}
