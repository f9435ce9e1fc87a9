// Verbs with a client that a person starts once: it serves worker after worker, ends with mdbench, and what it breaks stays
// with its case.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readDocument } from '../../src/result/index.js';
import { buildSystem } from '../../src/system/index.js';
import { mdbench, signalWhileMeasuring, temporaryFolder } from '../support/cli.js';
import {
  aseClient,
  badClient,
  type Command,
  lammpsClient,
  nullClient,
  socketName,
  starting,
} from '../support/lone-client.js';
import { hasAse, lammps } from '../support/peers.js';

vi.setConfig({ testTimeout: 240_000 });

const short = ['--steps', '40', '--equilibrate', '5', '--force-timeout', '60'];

/** Types it, and starts one of the commands each time that mdbench listens. */
async function typed(args: readonly string[], ...commands: readonly Command[]) {
  const clients = starting(...commands);
  const out = temporaryFolder();
  const outcome = await mdbench([...args, '--out', out], { onStderr: clients.onStderr });
  const file = join(out, 'result.json');
  return {
    ...outcome,
    listens: outcome.stderr.split('\n').filter((line) => line.includes('Listening at')),
    started: clients.children.length,
    clients: await clients.ended(),
    document: existsSync(file) ? readDocument(file) : null,
    out,
  };
}

describe('mdbench run', () => {
  it.each(['native', 'reference'])(
    'with several cases and seeds asks for one client (%s)',
    async (backend) => {
      vi.stubEnv('MDBENCH_BACKEND', backend);
      const name = socketName(`run-${backend}`);
      const args = ['run', `ipi:unix:${name}`, '--system', 'si64', 'si216', '--seeds', '2', ...short];
      const { code, stderr, listens, clients, document, out } = await typed(args, nullClient(`unix:${name}`));
      vi.unstubAllEnvs();
      expect(code, stderr).toBe(0);
      expect(listens).toEqual([`Listening at unix:${name} (/tmp/ipi_${name}): start the client now.`]);
      expect(clients).toEqual([{ code: 0, stderr: '' }]);
      expect(document?.cases.map(({ status }) => status)).toEqual(['ok', 'ok']);
      const { external } = document?.cases[1].recording.trajectories[1] ?? {};
      if (document?.environment.backend === 'native') {
        expect(external?.processes?.count).toEqual([1, 1]);
        expect(external?.processes?.memory[0]).toBeGreaterThan(5e6);
        expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(
          /The client with its children: 1 process/,
        );
      } else expect(external?.processes).toBeNull();
      expect(existsSync(`/tmp/ipi_${name}`)).toBe(false);
    },
  );

  it('over TCP does not know the memory of the client, and says so', async () => {
    const address = `localhost:${20_000 + ((process.pid + 7) % 20_000)}`;
    const { code, listens, clients, out } = await typed(
      ['run', `ipi:${address}`, ...short],
      nullClient(address),
    );
    expect(code).toBe(0);
    expect(listens).toEqual([`Listening at ${address}: start the client now.`]);
    expect(clients).toEqual([{ code: 0, stderr: '' }]);
    expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(/client are not known: it came over TCP/);
  });

  it('records a client that dies, awaits another, and goes on', async () => {
    const name = socketName('dies');
    const [first, second] = [badClient(`unix:${name}`, 'death', 30), nullClient(`unix:${name}`)];
    const args = ['run', `ipi:unix:${name}`, '--system', 'si64', 'si64', ...short];
    const { code, listens, clients, document } = await typed(args, first, second);
    expect(code).toBe(5);
    expect(document?.cases.map(({ status }) => status)).toEqual(['failed', 'ok']);
    expect(document?.cases[0].failure).toMatchObject({
      stage: 'measure',
      cause: 'external-failed',
      message: expect.stringMatching(/closed the connection without an answer/),
    });
    expect(listens).toHaveLength(2);
    expect(listens[1]).toMatch(/is gone. Listening at unix:.* again: start it once more/);
    expect(clients.map(({ code }) => code)).toEqual([7, 0]);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'ended by %s leaves neither socket nor client',
    async (signal) => {
      const name = socketName(signal.toLowerCase());
      const clients = starting(nullClient(`unix:${name}`));
      const out = join(temporaryFolder(), 'out');
      const args = ['run', `ipi:unix:${name}`, '--steps', '10000000', '--equilibrate', '0', '--out', out];
      const sender = signalWhileMeasuring(out, signal);
      const { code } = await mdbench(args, { onStart: sender.onStart, onStderr: clients.onStderr });
      expect(sender.isSent).toBe(true);
      expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGKILL: null }[signal]);
      expect(await clients.ended()).toEqual([{ code: 0, stderr: '' }]);
      expect(existsSync(`/tmp/ipi_${name}`)).toBe(false);
    },
  );

  it('killed while it listens leaves no socket', async () => {
    const name = socketName('unmet');
    const args = ['run', `ipi:unix:${name}`, '--out', temporaryFolder()];
    await mdbench(args, {
      onStderr(text, child) {
        if (text.includes('Listening')) child.kill('SIGKILL');
      },
    });
    for (let k = 0; k < 200 && existsSync(`/tmp/ipi_${name}`); k++)
      await new Promise((done) => setTimeout(done, 25));
    expect(existsSync(`/tmp/ipi_${name}`)).toBe(false);
  });

  it('says that nobody came', async () => {
    const name = `ipi:unix:${socketName('nobody')}`;
    const { code, stderr } = await typed(['run', name, '--force-timeout', '1']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Nobody connected to unix:.* within 1 s/);
  });
});

describe('mdbench compare and check', () => {
  it('refuse to have one client compute for both sides, before anybody starts it', async () => {
    const name = `ipi:unix:${socketName('both')}`;
    const sides = [
      ['compare', name, name],
      ['check', '--baseline', name, '--candidate', name],
    ];
    for (const args of sides) {
      const { code, stderr, listens } = await typed(args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/serves one process at a time/);
      expect(listens).toEqual([]);
    }
  });

  it('need each of two clients once', async () => {
    const names = [socketName('one'), socketName('two')];
    const [one, two] = names.map((name) => badClient(`unix:${name}`, 'none', 0));
    const fields = names.map((name) => `ipi:unix:${name}`);
    const sized = ['--system', 'si8', '--pairs', '2', '--frames', '4', ...short];
    const { code, stderr, listens, started, clients, document } = await typed(
      ['compare', ...fields, ...sized],
      one,
      two,
    );
    expect(code, stderr).toBe(0);
    expect([listens.length, started]).toEqual([2, 2]);
    expect(clients.map(({ code }) => code)).toEqual([0, 0]);
    expect(document?.campaigns?.[0]).toMatchObject({ status: 'complete', failure: null });
    expect(document?.campaigns?.[0].pairs).toHaveLength(2);
    expect(document?.campaigns?.[0].design.sessions).toBe(1);
  });
});

describe('mdbench profile and validate', () => {
  it('profile with one client', async () => {
    const name = socketName('profile');
    const { code, stderr, listens, clients } = await typed(
      ['profile', `ipi:unix:${name}`, ...short],
      nullClient(`unix:${name}`),
    );
    expect(code, stderr).toBe(0);
    expect(listens).toHaveLength(1);
    expect(clients).toEqual([{ code: 0, stderr: '' }]);
  });

  it('validate asks which atoms the client computes', async () => {
    const { code, stderr } = await mdbench(['validate', `ipi:unix:${socketName('which')}`]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Nothing says which atoms the client of .* computes/);
  });
});

describe.skipIf(!hasAse)('with ASE’s SocketClient, started once', () => {
  it('compare and validate find the same physics as our own Lennard-Jones', async () => {
    const name = socketName('ase-compare');
    const sized = [
      '--system',
      'ar108',
      '--pairs',
      '1',
      '--frames',
      '3',
      '--steps',
      '15',
      '--equilibrate',
      '2',
    ];
    const compared = await typed(
      ['compare', `ipi:unix:${name}`, 'lennard-jones', ...sized],
      aseClient(`unix:${name}`, 108),
    );
    expect(compared.code, compared.stderr).toBe(0);
    expect(compared.listens).toHaveLength(1);
    expect(compared.clients[0].code).toBe(0);
    expect(compared.document?.examinations?.[0].frames).toHaveLength(2);
    expect(compared.document?.campaigns?.[0].pairs).toHaveLength(1);

    const clients = starting(aseClient(`unix:${name}`, 108));
    const args = ['validate', `ipi:unix:${name}`, '--system', 'ar108', '--json'];
    const { stdout } = await mdbench(args, { onStderr: clients.onStderr });
    const found = Object.fromEntries(
      (JSON.parse(stdout).items as { id: string; status: string }[]).map(({ id, status }) => [id, status]),
    );
    expect(found).toMatchObject({
      repeatable: 'pass',
      gradient: 'pass',
      'net-force': 'pass',
      permutation: 'pass',
    });
    expect(found['second-size']).toBe('skipped');
    expect((await clients.ended())[0].code).toBe(0);
  });
});

describe.skipIf(!lammps)('with LAMMPS, started once', () => {
  it('measures the system of its input and says why it cannot do another', async () => {
    const name = socketName('lammps-run');
    const shape = { cutoff: 7, epsilon: 0.0104, sigma: 3.405 };
    const client = lammpsClient(temporaryFolder(), buildSystem('ar108'), name, shape);
    const args = ['run', `ipi:unix:${name}`, '--system', 'ar108', 'ar256', '--seeds', '2', ...short];
    const { listens, document } = await typed(args, client);
    expect(listens).toHaveLength(1);
    expect(document?.cases.map(({ status }) => status)).toEqual(['ok', 'failed']);
    expect(document?.cases[1].failure).toMatchObject({
      message: expect.stringMatching(/asked for 108 atoms before, and for 256 now/),
      hint: expect.stringMatching(/one run a system/),
    });
  });
});
