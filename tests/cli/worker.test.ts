// mdbench worker as check starts it, and the worker in Python that the documentation shows.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mdbench, program } from '../support/cli.js';
import { talk } from '../support/worker-talk.js';

const prepare = { type: 'prepare', seed: 7 } as const;
const warmUp = { type: 'warm-up', least: 20, most: 2000 } as const;
const worker = (...args: string[]) => talk(process.execPath, [program, 'worker', ...args]);

describe('mdbench worker', () => {
  it('serves the case that was typed', async () => {
    const options = ['--system', 'si8', '--timestep', '0.5', '--temperature', '500', '--skin', '0.4'];
    const typed = worker('stillinger-weber', ...options, '--equilibrate', '5', '--handicap', '5%');
    await typed.next('ready');
    const { workload } = await typed.ask(prepare, 'prepared');
    const expected = { forceField: 'stillinger-weber', system: 'si8', atoms: 8, timestep: 0.5 };
    expect(workload).toMatchObject({ ...expected, temperature: 500, skin: 0.4, provider: 'cpu', file: null });
    await typed.ask(warmUp, 'warmed');
    await typed.ask({ type: 'segment', steps: 20 }, 'segment');
    await typed.ask({ type: 'end' }, 'ended');
    expect(await typed.ended()).toEqual({ code: 0, rest: [], stderr: '' });
  });

  it('runs the shipped student on 64 silicon atoms when nothing is typed', async () => {
    const typed = worker();
    await typed.next('ready');
    const { workload } = await typed.ask(prepare, 'prepared');
    expect(workload).toMatchObject({ forceField: 'silicon-student', atoms: 64, precision: 'float32' });
    typed.child.stdin.end();
    await typed.ended();
  });

  it('says in the protocol what cannot run, and ends with 5', async () => {
    const typed = worker('stillinger-weber', '--system', 'ar108');
    await typed.next('ready');
    expect((await typed.ask(prepare, 'failed')).code).toBe('unknown-element');
    expect((await typed.ended()).code).toBe(5);
  });

  it.each([
    [['--system', 'si8', 'si64'], 'one case'],
    [['--seed', '4'], '--seed'],
    [['--steps', '100'], '--steps'],
    [['--handicap', '5'], '5%'],
    [['--handicap', 'much'], '--handicap'],
    [['--temperature', 'warm'], '--temperature'],
    [['--dance'], '--dance'],
  ])('refuses %s before it says anything', async (args, words) => {
    const { code, stdout, stderr } = await mdbench(['worker', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

const python = process.env.MDBENCH_PYTHON ?? 'python3';
const example = () => talk(python, ['benchmarks/worker-example.py']);

describe('the worker of the documentation, in Python', () => {
  it('speaks every message as the schemas have it', async () => {
    const typed = example();
    expect(await typed.next('ready')).toEqual({ type: 'ready', protocol: 1 });
    const { workload, cold } = await typed.ask(prepare, 'prepared');
    expect(workload).toEqual({ forceField: 'spring', atoms: 1, timestep: 0.01 });
    expect(cold).toEqual({ sessionCreate: null, firstCall: null, earlyCalls: [] });
    const { steps, stepTime } = await typed.ask(warmUp, 'warmed');
    expect(steps).toBeGreaterThanOrEqual(10);
    expect(stepTime).toBeGreaterThan(0);
    await typed.ask({ type: 'session' }, 'unsupported');
    const segment = await typed.ask({ type: 'segment', steps: 50 }, 'segment');
    expect([segment.steps, segment.phases, segment.parts]).toEqual([50, {}, []]);
    expect(segment.metrics['step-time-p50']).toBeGreaterThanOrEqual(segment.metrics['force-call-p50']);
    expect(segment.elapsed).toBeGreaterThanOrEqual(25 * segment.metrics['step-time-p50']);
    expect(await typed.ask({ type: 'end' }, 'ended')).toEqual({ type: 'ended', peakRss: null });
    expect(await typed.ended()).toEqual({ code: 0, rest: [], stderr: '' });
  });

  it('says what went wrong, and ends with its input', async () => {
    const typed = example();
    await typed.next('ready');
    expect((await typed.ask('no JSON', 'failed')).code).toBe('JSONDecodeError');
    await typed.ended();
    const left = example();
    await left.next('ready');
    left.child.stdin.end();
    expect(await left.ended()).toEqual({ code: 0, rest: [], stderr: '' });
  });

  it('fits on one page', () => {
    expect(readFileSync('benchmarks/worker-example.py', 'utf8').split('\n').length).toBeLessThanOrEqual(60);
  });
});
