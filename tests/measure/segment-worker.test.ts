// The worker of paired campaigns, driven by hand through every message, and every way in which it can end.

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/cli.js';
import { createGraph } from '../support/onnx-graph.js';
import { talk, talkToWorker } from '../support/worker-talk.js';

const warmUp = { type: 'warm-up', least: 30, most: 2000 } as const;
const prepare = { type: 'prepare', seed: 7 } as const;
const program = resolve('dist/measure/segment-worker.js');

describe('the worker of a paired campaign', () => {
  it.each(['silicon-student', 'stillinger-weber'])('answers every message with %s', async (forceField) => {
    const worker = talkToWorker({ forceField, system: 'si64' });
    expect(await worker.next('ready')).toEqual({ type: 'ready', protocol: 1 });
    const { workload, cold } = await worker.ask(prepare, 'prepared');
    expect(workload).toMatchObject({ forceField, system: 'si64', atoms: 64, timestep: 1, threads: 1 });
    expect(Object.keys(workload)).toHaveLength(16);
    expect(workload.structure).toMatch(/^[0-9a-f]{12}$/);
    expect(forceField === 'silicon-student' ? workload.file : 'none').toMatch(/^([0-9a-f]{64}|none)$/);
    expect(cold.firstCall).toBeGreaterThan(0);
    expect(cold.earlyCalls).toHaveLength(9);
    const warmed = await worker.ask(warmUp, 'warmed');
    expect(warmed.steps).toBeGreaterThanOrEqual(10);
    expect(warmed.elapsed).toBeGreaterThanOrEqual(30);
    for (const renewed of [false, true]) {
      if (renewed) await worker.ask({ type: 'session' }, 'session');
      const segment = await worker.ask({ type: 'segment', steps: 200 }, 'segment');
      const { metrics, phases, parts, elapsed, steps } = segment;
      expect(steps).toBe(200);
      expect(metrics['step-time-p50']).toBeGreaterThan(metrics['force-call-p50']);
      const sum = Object.values(phases).reduce((total, time) => total + time, 0);
      expect(sum / (200 * metrics['step-time-mean'])).toBeCloseTo(1, 9);
      expect(sum).toBeLessThanOrEqual(elapsed);
      expect(phases.forces).toBeGreaterThanOrEqual(100 * metrics['force-call-p50']);
      expect(parts).toHaveLength(5);
      expect(Math.min(...parts)).toBeLessThanOrEqual(metrics['step-time-p50']);
      expect(Math.max(...parts)).toBeGreaterThanOrEqual(metrics['step-time-p50']);
    }
    const { peakRss } = await worker.ask({ type: 'end' }, 'ended');
    expect(peakRss).toBeGreaterThan(20e6);
    expect(await worker.ended()).toEqual({ code: 0, rest: [], stderr: '' });
  });

  it('has five parts of a segment of one step too', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si8' });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    const { parts, metrics } = await worker.ask({ type: 'segment', steps: 1 }, 'segment');
    expect(parts).toEqual(Array.from({ length: 5 }, () => metrics['step-time-mean']));
    worker.child.stdin.end();
    await worker.ended();
  });

  it('says the phases of a segment that last nearly as long as it', async () => {
    const worker = talkToWorker({ forceField: 'silicon-teacher', system: 'si64' });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    const shares: number[] = [];
    for (let k = 0; k < 7; k++) {
      const { phases, elapsed } = await worker.ask({ type: 'segment', steps: 10 }, 'segment');
      shares.push(Object.values(phases).reduce((total, time) => total + time, 0) / elapsed);
    }
    expect(shares.sort((a, b) => a - b)[3]).toBeGreaterThan(0.99);
    worker.child.stdin.end();
    await worker.ended();
  });

  it('keeps stdout to itself, whatever else is written there', async () => {
    const noise = join(temporaryFolder(), 'noise.mjs');
    writeFileSync(
      noise,
      `const { write } = process.stdout;
      const speak = () => { console.log('noise'); process.stdout.write('more'); };
      setInterval(() => process.stdout.write === write || speak(), 1).unref();`,
    );
    const env = { NODE_OPTIONS: `--import=${noise}`, MDBENCH_ORT_LOG: '0' };
    const worker = talkToWorker({ forceField: 'silicon-student', system: 'si8' }, 0, env);
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    await worker.ask({ type: 'segment', steps: 4000 }, 'segment');
    await worker.ask({ type: 'end' }, 'ended');
    const { code, rest, stderr } = await worker.ended();
    expect([code, rest]).toEqual([0, []]);
    expect(stderr).toContain('noise');
    expect(stderr).toContain('onnxruntime');
  });

  it('warms up no longer than it may', async () => {
    const worker = talkToWorker({ forceField: 'silicon-teacher', system: 'si512', equilibrate: 0 });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    const { settled, steps } = await worker.ask({ type: 'warm-up', least: 0, most: 1 }, 'warmed');
    expect([settled, steps]).toEqual([false, 1]);
    worker.child.stdin.end();
    await worker.ended();
  });
});

describe('a worker that cannot go on says why and ends', () => {
  async function failure(forceField: string, system: string, ...requests: (object | string)[]) {
    const worker = talkToWorker({ forceField, system, equilibrate: 0 });
    await worker.next('ready');
    for (const [k, request] of requests.entries()) {
      worker.child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
      if (k < requests.length - 1) await worker.next('prepared');
    }
    const reply = await worker.next('failed');
    expect((await worker.ended()).code).toBe(1);
    return reply;
  }

  it.each([
    ['garbage', 'is not JSON: garbage', ['garbage']],
    ['a number', 'is no request of protocol 1', ['7']],
    ['an unknown request', 'is no request of protocol 1', ['{"type":"dance"}']],
    ['a segment without steps', 'steps', [prepare, '{"type":"segment","steps":0}']],
    ['a segment before prepare', '"prepare" has to come before "segment"', [{ type: 'segment', steps: 5 }]],
    ['a second prepare', 'comes once', [prepare, prepare]],
  ])('%s', async (_, words, requests) => {
    const { code, message } = await failure('stillinger-weber', 'si8', ...requests);
    expect(code).toBe('protocol');
    expect(message).toContain(words);
  });

  it('an element that the force field does not know, with its code and hint', async () => {
    const { code, hint } = await failure('stillinger-weber', 'ar108', prepare);
    expect(code).toBe('unknown-element');
    expect(hint).toContain('Choose');
  });

  it('a force field and an argument that are not there', async () => {
    expect((await failure('no-such.onnx', 'si8', prepare)).code).toBe('file-not-found');
    for (const argument of ['not JSON', '{}', '{"case":{}}', '7']) {
      const worker = talk(process.execPath, [program, argument]);
      await worker.next('ready');
      const { code, message } = await worker.ask(prepare, 'failed');
      expect(code).toBe('option-invalid');
      expect(message).toContain('argument');
      await worker.ended();
    }
  });

  it('a handicap that is none', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si8' }, -1);
    await worker.next('ready');
    expect((await worker.ask(prepare, 'failed')).message).toContain('handicap');
    await worker.ended();
  });

  it('an energy that becomes no number, with its step', async () => {
    const model = join(temporaryFolder(), 'fenced.onnx');
    writeFileSync(model, fencedModel(4));
    const worker = talkToWorker({ forceField: model, system: 'methane', equilibrate: 0 });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    await worker.ask({ type: 'segment', steps: 5 }, 'segment');
    const { code, message } = await worker.ask({ type: 'segment', steps: 3000 }, 'failed');
    expect(code).toBe('nan-energy');
    expect(Number(/step (\d+)/.exec(message)?.[1])).toBeGreaterThan(5);
    expect((await worker.ended()).code).toBe(1);
  });

  it('a trajectory that explodes in its equilibration', async () => {
    const worker = talkToWorker({
      forceField: 'lennard-jones',
      system: 'ar108',
      timestep: 150,
      equilibrate: 500,
    });
    await worker.next('ready');
    expect(['explosion', 'nan-energy']).toContain((await worker.ask(prepare, 'failed')).code);
    await worker.ended();
  });
});

describe('a worker whose parent is gone', () => {
  it('ends when its input does', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si8' });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    worker.child.stdin.end();
    expect(await worker.ended()).toMatchObject({ code: 1, rest: [] });
  });

  it('ends in the middle of a segment, without a word', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si64' });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    worker.child.stdin.write('{"type":"segment","steps":19000000}\n');
    await sleep(300);
    worker.child.stdin.end();
    expect(await worker.ended()).toMatchObject({ code: 1, rest: [] });
  });

  it('heeds no signal but stays for its parent', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si8' });
    await worker.next('ready');
    await worker.ask(prepare, 'prepared');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) worker.child.kill(signal);
    await worker.ask({ type: 'segment', steps: 5 }, 'segment');
    await worker.ask({ type: 'end' }, 'ended');
    expect((await worker.ended()).code).toBe(0);
  });

  it('serves all that stands in a file that ends with "end"', async () => {
    const worker = talkToWorker({ forceField: 'stillinger-weber', system: 'si8' });
    const requests = [prepare, warmUp, { type: 'segment', steps: 5 }, { type: 'end' }];
    worker.child.stdin.end(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));
    const { code, rest } = await worker.ended();
    expect(code).toBe(0);
    expect(rest.map((line) => JSON.parse(line).type)).toEqual([
      'ready',
      'prepared',
      'warmed',
      'segment',
      'ended',
    ]);
  });
});

/** No forces; its energy is no number as soon as a coordinate leaves ±`limit` Å. */
function fencedModel(limit: number): Uint8Array {
  const g = createGraph();
  const species = g.input('atomic_numbers', 'int64', ['n']);
  const x = g.input('positions', 'float64', ['n', 3]);
  const room = g.op('Sub', [g.constant('float64', [limit * limit]), g.op('Mul', [x, x])]);
  const sum = g.op('ReduceSum', [g.op('Sqrt', [room])], { keepdims: 0 });
  const atoms = g.op('Cast', [g.op('Shape', [species])], { to: 11 });
  g.output('energy', g.op('Add', [sum, g.op('Mul', [atoms, g.constant('float64', [0])])]), 'float64', [1]);
  g.output('forces', g.op('Mul', [x, g.constant('float64', [0])]), 'float64', ['n', 3]);
  return g.model();
}
