// What breaks while it runs: recorded with its step and cause, the others go on, what was measured is kept.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeCase, readDocument } from '../../src/result/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

const endless = ['run', 'lennard-jones', '--system', 'ar108', '--steps', '5000000', '--equilibrate', '100'];

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
      /seed 1 measure \d+\/5000000 {2}[\d.e+]+ steps\/s {2}\d+:\d\d left {2}\d+ K {2}drift \S+ meV\/atom/,
    );
    const document = readDocument(join(out, 'result.json'));
    const [result] = document.cases;
    expect([document.status, result.status]).toEqual(['aborted', 'aborted']);
    const [samples] = decodeCase(result, out);
    expect(samples.trajectory.steps).toBeGreaterThan(100);
    expect(samples.columns.stepTime).toHaveLength(samples.trajectory.steps);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('aborted');
  }, 120_000);

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
      '1500',
      '--equilibrate',
      '0',
    ];
    const typed = await mdbench([...args, '--out', out], {
      onStart(child) {
        const timer = setInterval(() => {
          const workers = execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
            .trim()
            .split('\n');
          const command = readFileSync(`/proc/${workers[0]}/cmdline`, 'utf8');
          if (!command.includes('worker.js') || !started) return;
          clearInterval(timer);
          killed = true;
          process.kill(Number(workers[0]), 'SIGKILL');
        }, 500);
        let started = false;
        setTimeout(() => {
          started = true;
        }, 3000);
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
});
