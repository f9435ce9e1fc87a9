// The live line on a terminal, seen through a real pseudo-terminal.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { program, temporaryFolder } from '../support/cli.js';

const hasScript =
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;

describe('progress on a terminal', () => {
  it.skipIf(!hasScript)('is one line, rewritten, with steps, rate, time left, temperature and drift', () => {
    const command = `${process.execPath} ${program} run lennard-jones --system ar500 --steps 4000 --out ${temporaryFolder()}`;
    const { stdout, status } = spawnSync('script', ['-qefc', `stty cols 80; ${command}`, '/dev/null'], {
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    const lines = stdout.split('\r\x1b[K').filter((line) => line.includes('measure'));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect([...line.split('\r')[0]].length).toBeLessThan(80);
    expect(lines[0]).toMatch(/measure \d+\/4000 {2}\S+ steps\/s {2}\d+:\d\d left {2}\d+ K {2}drift/);
  });
});
