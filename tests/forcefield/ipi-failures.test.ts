// Clients that die, stall, or send what is no answer: each is an error with its own words, and leaves nothing behind.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { MdbenchError } from '../../src/errors.js';
import { createForceField, createForceOutput } from '../../src/forcefield/index.js';
import { buildSystem } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';
import { hasAse, python } from '../support/peers.js';

vi.setConfig({ testTimeout: 180_000 });

const client = resolve('tests/support/bad-client.mjs');

function open(name: string, timeout: number) {
  return createForceField({ name, provider: 'cpu', threads: 1, timeout, python });
}

/** The error that a client with this fault ends in, and the processes that it was. */
async function failing(fault: string, at = 5, timeout = 20): Promise<{ error: MdbenchError; call: number }> {
  let call = 0;
  try {
    const forceField = await open(`ipi:${process.execPath} ${client} unix:{name} ${fault} ${at}`, timeout);
    const system = buildSystem('si64');
    await forceField.prepare(system);
    const output = createForceOutput(64);
    for (call = 1; call <= at; call++) await forceField.compute(system, null, output);
    await forceField.dispose();
  } catch (error) {
    return { error: error as MdbenchError, call };
  }
  throw new Error(`a client with the fault ${fault} did not fail`);
}

/** Processes of this machine whose command names the client. */
function clientsAlive(): number {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'cmdline'), 'latin1').includes(`ipi_mdbench-${process.pid}-`);
      } catch {
        return false;
      }
    }).length;
}

async function expectNothingLeft(): Promise<void> {
  for (let k = 0; k < 100 && clientsAlive() > 0; k++) await new Promise((done) => setTimeout(done, 50));
  expect(clientsAlive()).toBe(0);
  expect(readdirSync('/tmp').filter((file) => file.startsWith(`ipi_mdbench-${process.pid}-`))).toEqual([]);
}

const faults: [fault: string, call: number, message: RegExp][] = [
  [
    'death',
    5,
    /closed the connection without an answer in force call 5; it ended with exit code 7.*RuntimeError: out of luck/,
  ],
  ['death', 1, /closed the connection without an answer in force call 1; it ended with exit code 7/],
  ['segfault', 5, /closed the connection.*it ended by signal 11/],
  [
    'half-death',
    5,
    /closed the connection in the middle of an answer in force call 5; it ended with exit code 1/,
  ],
  ['nan-force', 5, /sent a force on atom 1 that is no number in force call 5/],
  ['nan-energy', 5, /sent an energy of NaN in force call 5/],
  ['count', 5, /sent forces of 65 atoms where 64 were asked for in force call 5/],
  ['garbage', 5, /answered "HTTP\/1.1 400" where HAVEDATA belongs in force call 5/],
  ['extras', 5, /sent -5 as the length of extras in force call 5/],
  ['early-death', 0, /did not connect to unix:.*it ended with exit code 3.*no licence for this machine/],
];

describe('a client that goes wrong', () => {
  it.each(faults)('%s in call %i', async (fault, at, message) => {
    const { error, call } = await failing(fault, at);
    expect(error).toMatchObject({ code: 'external-failed', exitCode: 2 });
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/bad client starts|out of luck|no licence/);
    expect(call).toBe(at);
    const [log] = /\/\S+\.log/.exec(error.hint as string) as RegExpExecArray;
    expect(readFileSync(log, 'utf8')).toContain('bad client starts');
    await expectNothingLeft();
  });

  it.each([
    ['stall', /fell silent without an answer in force call 5/],
    ['half', /fell silent in the middle of an answer in force call 5/],
    ['absent', /did not connect to unix:/],
  ])('%s ends after the timeout, though the client minds no SIGTERM', async (fault, message) => {
    const { error } = await failing(fault, 5, 1);
    expect(error).toMatchObject({ code: 'external-failed' });
    expect(error.message).toMatch(message);
    await expectNothingLeft();
  });

  it('a command that there is not', async () => {
    const missing = open('ipi:no-such-program-anywhere --unix {name}', 20);
    await expect(missing).rejects.toMatchObject({
      code: 'external-failed',
      message: expect.stringMatching(/could not be found/),
    });
    await expectNothingLeft();
  });

  it('nobody comes', async () => {
    const missing = open(`ipi:unix:mdbench-nobody-${process.pid}`, 0.2);
    await expect(missing).rejects.toMatchObject({
      code: 'external-failed',
      message: /^Nobody connected to unix:/,
    });
    expect(existsSync(`/tmp/ipi_mdbench-nobody-${process.pid}`)).toBe(false);
  });

  it('nobody comes before mdbench itself is killed', async () => {
    const file = `/tmp/ipi_mdbench-killed-${process.pid}`;
    const script = `const { createForceField } = await import(${JSON.stringify(resolve('dist/forcefield/index.js'))});
      await createForceField({ name: 'ipi:unix:mdbench-killed-${process.pid}', provider: 'cpu', threads: 1 });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
    for (let k = 0; k < 400 && !existsSync(file); k++) await new Promise((done) => setTimeout(done, 25));
    expect(existsSync(file)).toBe(true);
    await new Promise((done) => setTimeout(done, 500));
    child.kill('SIGKILL');
    for (let k = 0; k < 200 && existsSync(file); k++) await new Promise((done) => setTimeout(done, 25));
    expect(existsSync(file)).toBe(false);
  });

  it('names that are none', async () => {
    for (const name of ['ipi:', 'ase:', 'ase:nothing', 'ase:a b:c', 'ipi:unix:a/b']) {
      await expect(open(name, 1)).rejects.toMatchObject({ code: 'option-invalid' });
    }
    await expect(open('ase:no-such.py', 1)).rejects.toMatchObject({ code: 'file-not-found' });
    const wrongPython = { name: 'ase:a:b', provider: 'cpu', threads: 1, python: '/no/python' };
    await expect(createForceField(wrongPython)).rejects.toMatchObject({ code: 'file-not-found' });
    const cuda = { name: 'ase:a:b', provider: 'cuda', threads: 1 };
    await expect(createForceField(cuda)).rejects.toMatchObject({ code: 'provider-unavailable' });
  });
});

describe.skipIf(!hasAse)('a calculator that goes wrong', () => {
  const folder = temporaryFolder();

  function calculatorFile(body: string): string {
    const file = join(folder, `calculator-${Math.random().toString(36).slice(2)}.py`);
    writeFileSync(file, body);
    return file;
  }

  const source = (body: string) => `ase:${calculatorFile(body)}`;

  it.each([
    [
      'a module that there is not',
      'ase:no_such_module:Factory',
      /ModuleNotFoundError: No module named 'no_such_module'/,
    ],
    ['a factory that there is not', 'ase:ase.calculators.emt:EMTT', /AttributeError.*EMTT/],
    [
      'keywords that it does not take',
      'ase:ase.calculators.emt:EMT?cutoff',
      /ValueError: 'cutoff' is no key=/,
    ],
    ['a file with an error of syntax', source('def calculator(:'), /SyntaxError: .*\.py, line 1\)/],
    [
      'a file without calculator()',
      source('made = 1'),
      /AttributeError: module 'calculator-.*' has no attribute 'calculator'/,
    ],
    [
      'a calculator() that returns nothing',
      source('def calculator(): pass'),
      /TypeError: calculator\(\) of .*\.py returns None, where an ASE calculator belongs/,
    ],
    [
      'a calculator() that returns no calculator',
      source('def calculator(): return 1'),
      /TypeError: .* gives a int, which is no ASE calculator/,
    ],
  ])('%s does not start, and the Python is named', async (_title, name, message) => {
    const hint = expect.stringMatching(
      /All that it said is in .*\.log\. The Python was .*--python names another/,
    );
    const known = { code: 'external-failed', message: expect.stringMatching(message), hint };
    await expect(open(name, 60)).rejects.toMatchObject(known);
    await expect(open(name, 60)).rejects.toThrow(
      /^The client \(ase:.*\) did not start; it ended with exit code 1/,
    );
    await expectNothingLeft();
  });

  it('a Python without ASE', async () => {
    const bare = join(folder, 'bare-python');
    writeFileSync(bare, `#!/bin/sh\nexec ${python} -S "$@"\n`, { mode: 0o755 });
    const spec = { name: 'ase:ase.calculators.emt:EMT', provider: 'cpu', threads: 1, python: bare } as const;
    await expect(createForceField(spec)).rejects.toMatchObject({
      message: expect.stringMatching(/No module named 'numpy'$/),
      hint: expect.stringContaining(`The Python was ${bare}, which needs ASE, NumPy and the calculator`),
    });
  });

  it('says the last line of its traceback, and where all of it is', async () => {
    const file = calculatorFile(`
from ase.calculators.lj import LennardJones
class Moody(LennardJones):
    calls = 0
    def calculate(self, *args, **kwargs):
        Moody.calls += 1
        if Moody.calls == 4:
            raise RuntimeError('SCF did not converge')
        super().calculate(*args, **kwargs)
def calculator(depth=1.0):
    return Moody(epsilon=depth)
`);
    const forceField = await open(`ase:${file}?depth=0.01`, 60);
    const system = buildSystem('ar256');
    await forceField.prepare(system);
    const output = createForceOutput(256);
    const calls = async () => {
      for (let k = 0; k < 5; k++) {
        system.positions[0] += 1e-3;
        await forceField.compute(system, null, output);
      }
    };
    const error = (await calls().catch((caught) => caught)) as MdbenchError;
    expect(error.message).toMatch(
      /in force call 4; it ended with exit code 1. Its last words: RuntimeError: SCF did not converge$/,
    );
    const [log] = /\/\S+\.log/.exec(error.hint as string) as RegExpExecArray;
    expect(readFileSync(log, 'utf8')).toContain('line 8, in calculate');
  });
});
