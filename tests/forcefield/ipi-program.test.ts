// Programs that are looked into while they compute: their environment, and the time that they get to end.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createForceField } from '../../src/forcefield/index.js';
import { temporaryFolder } from '../support/cli.js';

const client = `${process.execPath} ${resolve('dist/forcefield/ipi/null-client.js')} unix:{name}`;

async function startAndEnd(
  command: string,
  care?: NonNullable<Parameters<typeof createForceField>[1]>['care'],
): Promise<string | null> {
  const file = join(temporaryFolder(), 'said');
  const name = `ipi:${command.replace('CLIENT', client).replace('FILE', file)}`;
  const forceField = await createForceField({ name, provider: 'cpu', threads: 1 }, care ? { care } : {});
  await forceField.dispose();
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

const usual = { environment: {}, grace: 3000, linger: 0 };

describe('a program that is looked into', () => {
  it('has its variables, and nobody else', async () => {
    const command = 'echo "[$MDBENCH_LOOK]" > FILE; CLIENT';
    expect(await startAndEnd(command, { ...usual, environment: { MDBENCH_LOOK: 'into' } })).toBe('[into]');
    expect(await startAndEnd(command)).toBe('[]');
    expect(process.env.MDBENCH_LOOK).toBeUndefined();
  });

  it('may take as long for its end as it is given', async () => {
    const command = 'CLIENT; sleep 4; echo ended > FILE';
    expect(await startAndEnd(command, { ...usual, grace: 60_000 })).toBe('ended');
    expect(await startAndEnd(command)).toBeNull();
  });

  it('has what it started go on for a while after its own end', async () => {
    const after = 'while kill -0 $first 2> /dev/null; do sleep 0.1; done; sleep 1; echo ended > FILE';
    const command = `CLIENT & first=$!; (${after}) & wait $first`;
    expect(await startAndEnd(command, { ...usual, linger: 5000 })).toBe('ended');
    expect(await startAndEnd(command)).toBeNull();
  });
});

describe('a program that mdbench starts', () => {
  it.each([
    [undefined, 3, '3'],
    ['2', 3, '2'],
  ])('finds OMP_NUM_THREADS, where that is %s, for %d threads to be %s', async (set, threads, found) => {
    vi.stubEnv('OMP_NUM_THREADS', set);
    const file = join(temporaryFolder(), 'said');
    const name = `ipi:echo $OMP_NUM_THREADS > ${file}; ${client}`;
    const forceField = await createForceField({ name, provider: 'cpu', threads });
    await forceField.dispose();
    vi.unstubAllEnvs();
    expect(readFileSync(file, 'utf8').trim()).toBe(found);
    expect(forceField.description.settings).toMatchObject({ OMP_NUM_THREADS: found });
  });
});
