// A client that somebody else starts, once: one force field after another finds it, whatever state it is in, and leaves it
// between two messages; what breaks in between costs the connection and nothing else.

import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { addon } from '../../src/addon.js';
import {
  type AwaitedClient,
  createForceField,
  createForceOutput,
  type ForceField,
  withClients,
} from '../../src/forcefield/index.js';
import { createNeighborList } from '../../src/neighbors/index.js';
import { buildSystem, type System } from '../../src/system/index.js';
import { program, temporaryFolder } from '../support/cli.js';
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

vi.setConfig({ testTimeout: 120_000 });

const settings = { provider: 'cpu', threads: 1, timeout: 30 } as const;

/** Runs `use` with a client for each time that one is awaited. */
async function withStarted<T>(
  name: string,
  commands: readonly Command[],
  use: (open: () => Promise<ForceField>) => Promise<T>,
) {
  const clients = starting(...commands);
  const awaited: AwaitedClient[] = [];
  let said = '';
  const onAwaited = (client: AwaitedClient) => {
    awaited.push(client);
    said += 'Listening at ';
    clients.onStderr(said);
  };
  const forceField = { ...settings, name: `ipi:${name}` };
  const result = await withClients([forceField], { onAwaited }, () =>
    use(() => createForceField(forceField)),
  );
  const pids = clients.children.map(({ pid }) => pid);
  return { result, awaited, pids, ended: await clients.ended() };
}

async function call(forceField: ForceField, system: System) {
  const output = createForceOutput(system.numbers.length);
  const list = forceField.neighbors && createNeighborList({ ...forceField.neighbors, skin: 0 });
  list?.update(system);
  await forceField.compute(system, list?.pairs ?? null, output);
  return output;
}

/** Opens it, calls so many times with other positions each, and disposes of it. */
async function conversation(open: () => Promise<ForceField>, system: System, calls: number) {
  const forceField = await open();
  await forceField.prepare(system);
  const outputs = [];
  for (let k = 0; k < calls; k++) {
    system.positions[0] += 0.01;
    outputs.push(await call(forceField, system));
  }
  await forceField.dispose();
  return outputs;
}

describe('a client that is started once', () => {
  it.each(['unix', 'tcp'])(
    'answers one force field after another over %s, and then EXIT ends it',
    async (kind) => {
      const port = 20_000 + (process.pid % 20_000);
      const address = kind === 'unix' ? `unix:${socketName('once')}` : `localhost:${port}`;
      const { awaited, ended, pids, result } = await withStarted(
        address,
        [nullClient(address)],
        async (open) => {
          for (let k = 0; k < 3; k++) await conversation(open, buildSystem(k === 1 ? 'si216' : 'si64'), 5);
          const last = await open();
          const { pid } = last.external as { pid: number | null };
          await last.dispose();
          return pid;
        },
      );
      expect(awaited).toEqual([
        { address, path: kind === 'unix' ? `/tmp/ipi_${socketName('once')}` : null, again: false },
      ]);
      expect(ended).toEqual([{ code: 0, stderr: '' }]);
      expect(result).toBe(addon && kind === 'unix' ? pids[0] : null);
      expect(existsSync(`/tmp/ipi_${socketName('once')}`)).toBe(false);
    },
  );

  it('is fetched the answer that it still owes', async () => {
    const address = `unix:${socketName('owing')}`;
    const { awaited, ended } = await withStarted(address, [badClient(address, 'owing', 0)], async (open) => {
      const [first] = await conversation(open, buildSystem('si64'), 4);
      expect(first.forces).toHaveLength(192);
    });
    expect(awaited).toHaveLength(1);
    expect(ended[0].code).toBe(0);
  });

  it('is shared by force fields of one process, as an examination needs', async () => {
    const address = `unix:${socketName('shared')}`;
    const { awaited } = await withStarted(address, [nullClient(address)], async (open) => {
      const [one, other] = [await open(), await open()];
      const system = buildSystem('si64');
      for (const forceField of [one, other]) await forceField.prepare(system);
      for (let k = 0; k < 5; k++) {
        await call(one, system);
        await call(other, system);
      }
      await one.dispose();
      await call(other, system);
      await other.dispose();
    });
    expect(awaited).toHaveLength(1);
  });

  it.each([
    ['death', 'half-death', /closed the connection in the middle of an answer in force call 3/],
    ['NaN', 'nan-energy', /sent an energy of NaN in force call 3/],
  ])('is awaited anew after its %s', async (_title, fault, message) => {
    const address = `unix:${socketName(fault)}`;
    const commands = [badClient(address, fault, 3), nullClient(address)];
    const { awaited, ended } = await withStarted(address, commands, async (open) => {
      await expect(conversation(open, buildSystem('si64'), 4)).rejects.toMatchObject({
        code: 'external-failed',
        message: expect.stringMatching(message),
      });
      await conversation(open, buildSystem('si64'), 4);
    });
    expect(awaited.map(({ again }) => again)).toEqual([false, true]);
    expect(ended[1].code).toBe(0);
  });

  it('is awaited anew where it left between two conversations', async () => {
    const address = `unix:${socketName('left')}`;
    const clients = [nullClient(address), nullClient(address)];
    const started = starting(...clients);
    let said = '';
    const onAwaited = () => {
      said += 'Listening at ';
      started.onStderr(said);
    };
    const forceField = { ...settings, name: `ipi:${address}` };
    await withClients([forceField], { onAwaited }, async () => {
      await conversation(() => createForceField(forceField), buildSystem('si64'), 3);
      started.children[0].kill('SIGKILL');
      await conversation(() => createForceField(forceField), buildSystem('si64'), 3);
    });
    expect(started.children).toHaveLength(2);
    expect((await started.ended())[1].code).toBe(0);
  });

  it('is said to know one system where it ends at another number of atoms', async () => {
    const address = `unix:${socketName('sizes')}`;
    await withStarted(address, [badClient(address, 'death', 3)], async (open) => {
      await conversation(open, buildSystem('si64'), 2);
      await expect(conversation(open, buildSystem('si216'), 1)).rejects.toMatchObject({
        message: expect.stringMatching(/asked for 64 atoms before, and for 216 now/),
        hint: expect.stringMatching(/one run a system/),
      });
    });
  });

  it('is told of other atoms where it asked for INIT once, as mdbench serve does', async () => {
    const address = `unix:${socketName('serve')}`;
    const serve: Command = [process.execPath, program, 'serve', 'lennard-jones', '--socket', address];
    const own = await createForceField({ ...settings, name: 'lennard-jones' });
    const { ended } = await withStarted(address, [serve], async (open) => {
      for (const name of ['ar108', 'ar256', 'ar108']) {
        const [theirs] = await conversation(open, buildSystem(name), 3);
        const system = buildSystem(name);
        system.positions[0] += 0.01;
        await own.prepare(system);
        expect(Math.abs(theirs.energy / (await call(own, system)).energy - 1)).toBeLessThan(1e-12);
      }
    });
    expect(ended[0].code).toBe(0);
  });

  it('is awaited no longer where another cannot be', async () => {
    const [free, taken] = [socketName('free'), socketName('taken')];
    const server = createServer().listen(`/tmp/ipi_${taken}`);
    await new Promise((done) => server.once('listening', done));
    const both = [free, taken].map((name) => ({ ...settings, name: `ipi:unix:${name}` }));
    await expect(withClients(both, {}, () => Promise.resolve())).rejects.toMatchObject({
      code: 'option-invalid',
      message: expect.stringMatching(/another program listens there/),
    });
    expect(existsSync(`/tmp/ipi_${free}`)).toBe(false);
    server.close();
  });

  it('ends a wait when asked to', async () => {
    const stop = new AbortController();
    const forceField = { ...settings, name: `ipi:unix:${socketName('abort')}` };
    const waiting = withClients([forceField], { signal: stop.signal, onAwaited: () => stop.abort() }, () =>
      Promise.resolve(),
    );
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(`/tmp/ipi_${socketName('abort')}`)).toBe(false);
  });
});

describe.skipIf(!hasAse)('ASE’s SocketClient, started once', () => {
  it('is told INIT as often as it asks, and computes the same for each force field', async () => {
    const address = `unix:${socketName('ase')}`;
    const { ended, awaited } = await withStarted(address, [aseClient(address, 108)], async (open) => {
      const [first, second] = [
        await conversation(open, buildSystem('ar108'), 4),
        await conversation(open, buildSystem('ar108'), 4),
      ];
      expect(first[0].energy).toBeLessThan(-1);
      expect(second.map(({ energy }) => energy)).toEqual(first.map(({ energy }) => energy));
    });
    expect(awaited).toHaveLength(1);
    expect(ended[0]).toMatchObject({ code: 0 });
  });
});

describe.skipIf(!lammps)('LAMMPS with fix ipi, started once', () => {
  it('computes each trajectory as our own Lennard-Jones does', async () => {
    const own = await createForceField({ ...settings, name: 'lennard-jones' });
    const { epsilon, sigma } = own.description.settings as { epsilon: number; sigma: number };
    const system = buildSystem('ar256');
    await own.prepare(system);
    const name = socketName('lammps');
    const shape = { cutoff: own.description.cutoff as number, epsilon, sigma };
    const command = lammpsClient(temporaryFolder(), system, name, shape);
    const { awaited, ended } = await withStarted(`unix:${name}`, [command], async (open) => {
      for (let trajectory = 0; trajectory < 3; trajectory++) {
        const moving = buildSystem('ar256');
        const forceField = await open();
        await forceField.prepare(moving);
        for (let k = 0; k < 8; k++) {
          for (let c = 0; c < moving.positions.length; c++) moving.positions[c] += 0.3 * Math.sin(13 * c + k);
          const [theirs, ours] = [await call(forceField, moving), await call(own, moving)];
          expect(Math.abs(theirs.energy / ours.energy - 1)).toBeLessThan(1e-6);
        }
        await forceField.dispose();
      }
    });
    expect(awaited).toHaveLength(1);
    // EXIT is an error to LAMMPS, and MPI's abort says it by one number or another: it ended by itself.
    expect(ended[0].code).toBeGreaterThan(0);
  });
});
