// Commands that are traced: real programs, really ended; nothing stays behind.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { injectionInUse, injectionLibrary } from '../../src/measure/injection.js';
import { runCommand, traceCommand } from '../../src/measure/traced-command.js';

/** What is dead and not yet fetched by its parent does not run. */
function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mdbench-trace-'));

afterEach(() => {
  delete process.env.CUDA_INJECTION64_PATH;
  delete process.env.NVTX_INJECTION64_PATH;
});

describe('a traced command', () => {
  it('gets the hook by its environment, and a folder that is gone afterwards', async () => {
    const before = folders();
    let output = '';
    const ran = await traceCommand(
      'echo "$CUDA_INJECTION64_PATH|$NVTX_INJECTION64_PATH|$MDBENCH_TRACE_MODE"; : > "$MDBENCH_TRACE_FOLDER/7-0.trace"',
      'full',
      { onOutput: (text) => (output += text) },
      async (files, run) => ({ files, run, there: files.every(existsSync) }),
    );
    expect(output.trim()).toBe(`${injectionLibrary}|${injectionLibrary}|full`);
    expect(ran.files.map((file) => file.split('/').at(-1))).toEqual(['7-0.trace']);
    expect(ran.there).toBe(true);
    expect(ran.run).toMatchObject({ failure: null, aborted: false });
    expect(ran.run.elapsed).toBeGreaterThan(0);
    expect(folders()).toEqual(before);
  });

  it('leaves no folder behind when reading its traces throws', async () => {
    const before = folders();
    const reading = traceCommand('true', 'kernels', {}, async () => {
      throw new Error('unreadable');
    });
    await expect(reading).rejects.toThrow('unreadable');
    expect(folders()).toEqual(before);
  });
});

describe('a command as it is', () => {
  it('runs without the hook', async () => {
    let output = '';
    await runCommand('echo "[$CUDA_INJECTION64_PATH]"', { onOutput: (text) => (output += text) });
    expect(output).toBe('[]\n');
  });

  it('that fails is a failure with its exit code and last words', async () => {
    const { failure } = await runCommand('echo "ValueError: no such layer" >&2; exit 3', {});
    expect(failure).toMatchObject({ stage: 'profile', cause: 'crash' });
    expect(failure?.message).toContain('exit code 3');
    expect(failure?.message).toContain('no such layer');
  });

  it('that does not exist is one too', async () => {
    const { failure } = await runCommand('mdbench-no-such-program --help', {});
    expect(failure?.message).toMatch(/exit code 127.*not found/);
  });

  it('ends with all that it started when asked to stop', async () => {
    const abort = new AbortController();
    let pid = 0;
    const running = runCommand('sleep 600 & echo $!; wait', {
      signal: abort.signal,
      onOutput(text) {
        pid = Number(text);
        abort.abort();
      },
    });
    expect(await running).toMatchObject({ aborted: true, failure: null });
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

describe('another tool in the way', () => {
  it('is named by its variable', () => {
    expect(injectionInUse()).toBeNull();
    process.env.NVTX_INJECTION64_PATH = '/opt/nsight/libinjection.so';
    expect(injectionInUse()).toBe('NVTX_INJECTION64_PATH');
  });
});
