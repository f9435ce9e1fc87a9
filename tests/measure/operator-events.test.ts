// Files of a profile as they lie on disk: read in pieces, in little memory, and refused where they are something else.

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readProfileFile } from '../../src/measure/operator-events.js';
import { profileLines } from '../support/operator-events.js';

const folder = mkdtempSync(join(tmpdir(), 'mdbench-events-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'profile.json');

describe('a file of a profile', () => {
  it('is read whole where pieces end in the midst of lines and letters', async () => {
    const nodes = Array.from({ length: 3000 }, (_, k) => ({
      name: `Ångström→${k}`,
      operator: 'Add',
      time: k,
    }));
    writeFileSync(path, profileLines(nodes, 3).join('\n'));
    expect(statSync(path).size).toBeGreaterThan(1 << 20);
    const log = await readProfileFile(path);
    expect(log).toMatchObject({ complete: true, unreadable: 0 });
    expect(log.runs.length).toBe(3);
    expect(log.kinds.map(({ name }) => name)).toEqual(nodes.map(({ name }) => name));
    expect(log.duration).toEqual([0, 1, 2].flatMap(() => nodes.map(({ time }) => time)));
  });

  it('takes no memory with its length', () => {
    const nodes = Array.from({ length: 1000 }, (_, k) => ({
      name: `n${k}`.padEnd(1000, '-'),
      operator: 'Add',
      time: 5,
    }));
    const call = `${profileLines(nodes, 1).slice(1, -2).join('\n')},\n`;
    const file = openSync(path, 'w');
    writeSync(file, '[\n');
    for (let k = 0; k < 130; k++) writeSync(file, call);
    writeSync(file, ']\n');
    closeSync(file);
    expect(statSync(path).size).toBeGreaterThan(150e6);
    const program = `
      import { readProfileFile } from './dist/measure/operator-events.js';
      const log = await readProfileFile(${JSON.stringify(path)});
      console.log(log.begin.length, log.runs.length, log.complete);`;
    const words = ['--max-old-space-size=48', '--input-type=module', '--eval', program];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect([stdout.trim(), stderr]).toEqual(['130000 130 true', '']);
  });

  it('of one endless line is refused before it fills the memory', async () => {
    writeFileSync(path, `[${'{"cat" : "Node"},'.repeat(400_000)}]`);
    await expect(readProfileFile(path)).rejects.toMatchObject({
      code: 'measurement-failed',
      message: expect.stringContaining('has a line of more than'),
    });
  });

  it('that is empty is refused', async () => {
    writeFileSync(path, '');
    await expect(readProfileFile(path)).rejects.toMatchObject({ code: 'measurement-failed' });
  });
});
