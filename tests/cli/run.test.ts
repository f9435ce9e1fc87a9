// mdbench run, as a person types it.

import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCase, type ResultDocument, readDocument } from '../../src/result/index.js';
import { readExtxyz } from '../../src/system/index.js';
import { mdbench, type Typed, temporaryFolder } from '../support/cli.js';
import { metricIds } from '../support/metric-ids.js';

describe('mdbench run without arguments', () => {
  const folder = temporaryFolder();
  const out = join(folder, 'reports/latest');
  let typed: Typed;
  let document: ResultDocument;

  beforeAll(async () => {
    typed = await mdbench(['run'], { cwd: folder });
    document = readDocument(join(out, 'result.json'));
  }, 120_000);

  it('runs the shipped student on 64 silicon atoms for 1 000 steps', () => {
    expect(typed.code).toBe(0);
    const [result] = document.cases;
    expect(document.cases).toHaveLength(1);
    expect(result.id).toBe('si64-silicon-student-nve');
    expect(result.status).toBe('ok');
    expect(result.system?.atoms).toBe(64);
    expect(result.recording.trajectories[0].steps).toBe(1000);
    expect(result.forceField?.file?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(document.status).toBe('complete');
  });

  it('gives every metric, each with its unit', () => {
    const { metrics } = document.cases[0];
    expect(Object.keys(metrics).sort()).toEqual([...metricIds].sort());
    for (const metric of Object.values(metrics)) expect(metric.unit).toBeTypeOf('string');
    const shares = Object.entries(metrics).filter(([id]) => id.startsWith('phase-share-'));
    expect(shares.reduce((sum, [, metric]) => sum + (metric.value ?? 0), 0)).toBeCloseTo(100, 6);
  });

  it('keeps every step in order, and none took less than its force call', () => {
    const [{ columns }] = decodeCase(document.cases[0], out);
    expect(columns.stepTime).toHaveLength(1000);
    for (let k = 0; k < 1000; k++) {
      expect(columns.stepTime[k]).toBeGreaterThan(columns.forceCallTime[k] + columns.listTime[k]);
      expect(columns.conserved[k]).toBe(columns.potentialEnergy[k] + columns.kineticEnergy[k]);
    }
    expect(new Set(columns.potentialEnergy).size).toBeGreaterThan(990);
  });

  it('prints a table within 80 columns and where the report is', () => {
    const lines = typed.stdout.split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(typed.stdout).toContain('report.html');
    expect(typed.stderr).toContain('si64-silicon-student-nve: ok');
  });

  it('writes a page of at most 1.5 MB and the same words as Markdown', () => {
    expect(statSync(join(out, 'report.html')).size).toBeLessThan(1.5e6);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toContain('si64-silicon-student-nve');
  });
});

describe('mdbench run with options', () => {
  const short = ['--steps', '30', '--equilibrate', '10'];

  it('makes a grid of force fields and systems', async () => {
    const out = temporaryFolder();
    const args = [
      'run',
      'stillinger-weber',
      'silicon-student',
      '--system',
      'si8',
      'si64',
      ...short,
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(0);
    const ids = readDocument(join(out, 'result.json')).cases.map((result) => `${result.id} ${result.status}`);
    expect(ids).toEqual([
      'si8-stillinger-weber-nve ok',
      'si64-stillinger-weber-nve ok',
      'si8-silicon-student-nve ok',
      'si64-silicon-student-nve ok',
    ]);
  });

  it('gives the same trajectory, bit for bit, for the same seed and another for another', async () => {
    const energies = async (seed: string) => {
      const out = temporaryFolder();
      await mdbench(['run', '--seed', seed, ...short, '--out', out]);
      const [samples] = decodeCase(readDocument(join(out, 'result.json')).cases[0], out);
      return [...samples.columns.conserved];
    };
    const [first, again, other] = [await energies('7'), await energies('7'), await energies('8')];
    expect(again).toEqual(first);
    expect(other[0]).not.toBe(first[0]);
  });

  it('runs several seeds, each in a process of its own', async () => {
    const out = temporaryFolder();
    await mdbench([
      'run',
      'stillinger-weber',
      '--seed',
      '3',
      '--seeds',
      '3',
      '--steps',
      '30',
      '--equilibrate',
      '0',
      '--out',
      out,
    ]);
    const [result] = readDocument(join(out, 'result.json')).cases;
    expect(result.recording.trajectories.map((trajectory) => trajectory.seed)).toEqual([3, 4, 5]);
    const starts = decodeCase(result, out).map(({ columns }) => columns.potentialEnergy[0]);
    expect(new Set(starts).size).toBe(3);
  });

  it('prints the document alone with --json -', async () => {
    const typed = await mdbench([
      'run',
      'lennard-jones',
      ...short,
      '--json',
      '-',
      '--out',
      temporaryFolder(),
    ]);
    const document = JSON.parse(typed.stdout) as ResultDocument;
    expect(document.cases[0].id).toBe('ar256-lennard-jones-nve');
  });

  it('is silent with --quiet, and still writes', async () => {
    const out = temporaryFolder();
    const typed = await mdbench(['run', 'lennard-jones', ...short, '--quiet', '--out', out]);
    expect(typed).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(existsSync(join(out, 'report.html'))).toBe(true);
  });

  it('writes frames in a pass of their own', async () => {
    const out = temporaryFolder();
    const dump = join(out, 'frames.extxyz');
    const args = [
      'run',
      'stillinger-weber',
      '--system',
      'si8',
      ...short,
      '--dump',
      dump,
      '--every',
      '10',
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(0);
    const frames = readExtxyz(readFileSync(dump, 'utf8'), dump);
    expect(frames).toHaveLength(4);
    expect(frames[3].velocities.some((value) => value !== 0)).toBe(true);
    expect(frames[3].positions).not.toEqual(frames[0].positions);
  });

  it('runs a structure file, repeated', async () => {
    const folder = temporaryFolder();
    const dump = join(folder, 'si8.extxyz');
    await mdbench(['run', 'stillinger-weber', '--system', 'si8', ...short, '--dump', dump, '--out', folder]);
    const out = temporaryFolder();
    const args = [
      'run',
      'stillinger-weber',
      '--structure',
      dump,
      '--repeat',
      '2,2,1',
      ...short,
      '--out',
      out,
    ];
    expect((await mdbench(args)).code).toBe(0);
    const [result] = readDocument(join(out, 'result.json')).cases;
    expect([result.id, result.system?.atoms]).toEqual(['si8-2x2x1-stillinger-weber-nve', 32]);
  });

  it('runs a suite file', async () => {
    const out = temporaryFolder();
    const suite = join(out, 'mine.json');
    const dynamics = { steps: 20, equilibrate: 0 };
    const text = {
      suite: 1,
      title: 'mine',
      forceFields: [{ name: 'stillinger-weber' }],
      systems: [{ name: 'si8' }],
      dynamics,
    };
    writeFileSync(suite, JSON.stringify(text));
    expect((await mdbench(['run', '--suite', suite, '--out', out])).code).toBe(0);
    expect(readDocument(join(out, 'result.json')).cases[0].recording.trajectories[0].steps).toBe(20);
  });

  it('starts from the velocities of a structure file when nothing equilibrates it first', async () => {
    const folder = temporaryFolder();
    const [dump, again] = [join(folder, 'hot.extxyz'), join(folder, 'again.extxyz')];
    const run = ['run', 'stillinger-weber', '--every', '10', '--out', folder];
    await mdbench([...run, '--system', 'si8', '--temperature', '900', ...short, '--dump', dump]);
    await mdbench([...run, '--structure', dump, '--steps', '10', '--equilibrate', '0', '--dump', again]);
    const last = readExtxyz(readFileSync(dump, 'utf8'), dump).at(-1)!;
    const [first] = readExtxyz(readFileSync(again, 'utf8'), again);
    for (const [k, component] of last.velocities.entries())
      expect(first.velocities[k]).toBeCloseTo(component, 12);
    expect(last.velocities.some((component) => component !== 0)).toBe(true);
    const codes = readDocument(join(folder, 'result.json')).cases[0].warnings.map(({ code }) => code);
    expect(codes).toContain('velocities-from-structure');
  });

  it('counts the rebuilds of the measured stage alone', async () => {
    const out = temporaryFolder();
    const hot = ['--temperature', '900', '--skin', '0.2', '--steps', '60', '--equilibrate', '300'];
    await mdbench(['run', 'stillinger-weber', ...hot, '--out', out]);
    const [{ neighbors }] = readDocument(join(out, 'result.json')).cases[0].recording.trajectories;
    expect(neighbors!.rebuilds).toBe(neighbors!.rebuildSteps.length);
    expect(neighbors!.rebuilds).toBeGreaterThan(0);
  });

  it('renders what is there when a recording beside the document is gone', async () => {
    const out = temporaryFolder();
    await mdbench([
      'run',
      'lennard-jones',
      '--system',
      'ar108',
      '--steps',
      '21000',
      '--equilibrate',
      '0',
      '--out',
      out,
    ]);
    rmSync(join(out, 'recordings'), { recursive: true });
    const typed = await mdbench(['report', out, '--out', join(out, 'page.html')]);
    expect([typed.code, typed.stderr]).toEqual([0, '']);
    expect(readFileSync(join(out, 'page.html'), 'utf8')).toContain('ns/day');
  });

  it('reads the paths of a suite from its own folder, and calls the run by its title', async () => {
    const folder = temporaryFolder();
    copyFileSync('benchmarks/models/silicon-student.onnx', join(folder, 'mine.onnx'));
    const suite = {
      suite: 1,
      title: 'My suite',
      forceFields: [{ name: 'mine.onnx' }],
      systems: [{ name: 'si8' }],
    };
    writeFileSync(
      join(folder, 's.json'),
      JSON.stringify({ ...suite, dynamics: { steps: 5, equilibrate: 0 } }),
    );
    expect((await mdbench(['run', '--suite', join(folder, 's.json'), '--out', folder])).code).toBe(0);
    expect(readDocument(folder).title).toBe('My suite');
  });
});
