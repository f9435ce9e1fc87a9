// Force fields of other processes through the command line: what fails is recorded and the rest goes on, and whatever way
// mdbench ends, nothing of them is left.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readDocument } from '../../src/result/index.js';
import { mdbench, signalWhileMeasuring, temporaryFolder } from '../support/cli.js';
import { environment, hasAse } from '../support/peers.js';

vi.setConfig({ testTimeout: 180_000 });

const nullClient = resolve('dist/forcefield/ipi/null-client.js');
const badClient = resolve('tests/support/bad-client.mjs');
const env = environment() as Record<string, string>;

function good(tag: string): string {
  return `ipi:${process.execPath} ${nullClient} unix:{name} ${tag}`;
}

function bad(fault: string, call: number, tag = ''): string {
  return `ipi:${process.execPath} ${badClient} unix:{name} ${fault} ${call} ${tag}`;
}

/** Commands of this machine that name the tag. */
function alive(tag: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        return command.includes(tag) ? [command] : [];
      } catch {
        return [];
      }
    });
}

async function expectNoneAlive(tag: string): Promise<void> {
  for (let k = 0; k < 120 && alive(tag).length > 0; k++) await new Promise((done) => setTimeout(done, 50));
  expect(alive(tag)).toEqual([]);
}

/** Of processes that are gone; other tests have theirs meanwhile. */
function strays(): string[] {
  return readdirSync('/tmp').filter((file) => {
    const pid = /^ipi_mdbench-(\d+)-/.exec(file)?.[1];
    return pid !== undefined && !existsSync(`/proc/${pid}`);
  });
}

const short = ['--steps', '60', '--equilibrate', '10'];

describe('mdbench run on a force field of another process', () => {
  it('records a client that dies, goes on with the next case, and says so by its exit code', async () => {
    const out = temporaryFolder();
    // Its first calls are those of preparation and Langevin; the check before all cases has a client of its own.
    const names = [bad('death', 40, 'tag-dies'), good('tag-lives')];
    const { code, stdout } = await mdbench(['run', ...names, ...short, '--out', out], { env });
    expect(code).toBe(5);
    const { cases } = readDocument(join(out, 'result.json'));
    expect(cases.map(({ status }) => status)).toEqual(['failed', 'ok']);
    expect(cases[0].failure).toMatchObject({
      stage: 'measure',
      cause: 'external-failed',
      message: expect.stringMatching(/RuntimeError: out of luck/),
      hint: expect.stringMatching(/stderr\.log/),
    });
    expect(stdout).toMatch(/out of luck/);
    await expectNoneAlive('tag-');
  });

  it('has the round trip, and the memory and processor time of the client, in its document and its report', async () => {
    const out = temporaryFolder();
    const { code, stdout } = await mdbench(['run', good('tag-told'), ...short, '--out', out], { env });
    expect(code).toBe(0);
    const [{ forceField, recording, validation, warnings }] = readDocument(join(out, 'result.json')).cases;
    const { external } = recording.trajectories[0];
    expect(validation).toBeUndefined();
    expect(warnings.map(({ code }) => code)).toContain('physics-unasked');
    expect(external?.roundTrip).toBeGreaterThan(0);
    expect(external?.roundTrip).toBeLessThan(50);
    expect(forceField?.settings.roundTripMs).toBeGreaterThan(0);
    expect(external?.clientTime).toBeNull();
    expect(external?.processes?.count).toEqual([1, 1]);
    expect(external?.processes?.memory.every((bytes) => bytes > 5e6)).toBe(true);
    const report = readFileSync(join(out, 'report.md'), 'utf8');
    expect(report).toMatch(
      /are the way to it and back, measured with a client that computes nothing \(64 atoms\)/,
    );
    expect(report).toMatch(/The client with its children: 1 process/);
    const shown = stdout.replace(/\s+/g, ' ');
    expect(shown).toMatch(/are the way to it and back, measured with a client that computes nothing/);
    expect(shown).toMatch(/! The last call gave no force at all on 64 of 64 atoms\. The program’s own input/);
  });

  it('goes the same way with the addon and without', async () => {
    const ways = await Promise.all(
      ['native', 'reference'].map(async (backend) => {
        const out = temporaryFolder();
        const run = ['run', bad('none', 0), ...short, '--out', out];
        expect(await mdbench(run, { env: { ...env, MDBENCH_BACKEND: backend } })).toMatchObject({ code: 0 });
        const [{ forceField, recording }] = readDocument(join(out, 'result.json')).cases;
        return {
          transport: forceField?.settings.transport,
          kinetic: recording.trajectories[0].columns.kineticEnergy,
        };
      }),
    );
    expect(ways.map(({ transport }) => transport)).toContain('event-loop');
    expect(ways[0].kinetic).toEqual(ways[1].kinetic);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('leaves nothing behind at %s', async (signal) => {
    const tag = `tag-${signal.toLowerCase()}`;
    const out = join(temporaryFolder(), 'out');
    const run = ['run', good(tag), '--steps', '1000000', '--equilibrate', '0', '--out', out];
    const before = strays();
    const sender = signalWhileMeasuring(out, signal);
    const ended = mdbench(run, { env, onStart: sender.onStart });
    await vi.waitUntil(() => existsSync(out), { timeout: 30_000 });
    await vi.waitUntil(() => alive(tag).some((command) => command.startsWith(process.execPath)));
    const { code } = await ended;
    expect(sender.isSent).toBe(true);
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: null }[signal]);
    await expectNoneAlive(tag);
    expect(strays().filter((file) => !before.includes(file))).toEqual([]);
  });

  it('ends before it measures where the client cannot start', async () => {
    const out = temporaryFolder();
    const { code, stderr } = await mdbench(['run', bad('early-death', 1), ...short, '--out', out], { env });
    expect(code).toBe(2);
    expect(stderr).toMatch(/did not connect.*it ended with exit code 3.*no licence for this machine/);
    expect(existsSync(join(out, 'result.json'))).toBe(false);
  });
});

describe.skipIf(!hasAse)('mdbench compare of an ASE teacher and a student', () => {
  it('names both sides’ cost', async () => {
    const folder = temporaryFolder();
    const teacher = join(folder, 'teacher.py');
    writeFileSync(
      teacher,
      'from ase.calculators.lj import LennardJones\n\ndef calculator(rc=7.0):\n    return LennardJones(sigma=3.405, epsilon=0.0104, rc=rc)\n',
    );
    const out = join(folder, 'out');
    // A graph in float32: that the other program's precision is not known keeps nobody from comparing it.
    const names = [`ase:${teacher}?rc=6.0`, resolve('tests/golden/force-fields/argon-legacy.onnx')];
    const sized = [
      '--system',
      'ar256',
      '--pairs',
      '1',
      '--frames',
      '4',
      '--no-validate',
      '--steps',
      '20',
      '--equilibrate',
      '2',
    ];
    const { code, stdout, stderr } = await mdbench(['compare', ...names, ...sized, '--out', out], { env });
    expect(code, stderr).toBe(0);
    const { cases, campaigns } = readDocument(join(out, 'result.json'));
    expect(cases.map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(cases[0].forceField?.id).toBe('teacher-6.0');
    expect(cases[0].recording.trajectories[0].external?.clientTime?.median).toBeGreaterThan(0);
    expect(campaigns).toHaveLength(1);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/in a precision that mdbench does not know/);
    const [{ peakRss, external }, alone] = cases.map(({ recording }) => recording.trajectories[0]);
    const both = (peakRss + Math.max(...(external?.processes?.memory ?? []))) / 2 ** 20;
    const [, teacherPeak, studentPeak] =
      /Peak memory +([\d.]+) MiB +([\d.]+) MiB/.exec(stdout)?.map(Number) ?? [];
    expect(teacherPeak).toBeCloseTo(both, 0);
    expect(studentPeak).toBeCloseTo(alone.peakRss / 2 ** 20, 0);
    for (const file of ['report.md', 'report.html']) {
      const report = readFileSync(join(out, file), 'utf8');
      expect(report).toMatch(
        /baseline.*: Another process computes the forces|teacher: Another process computes the forces/,
      );
      expect(report).toContain('By the client’s own clock a call takes');
    }
  }, 300_000);
});
