// mdbench validate as a person types it.

import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentSchema, validationSchema } from '../../src/result/index.js';
import { buildSystem, writeExtxyz } from '../../src/system/index.js';
import { items } from '../../src/validate/index.js';
import { mdbench, temporaryFolder } from '../support/cli.js';

const cache = temporaryFolder();
const env = { XDG_CACHE_HOME: cache };

describe('mdbench validate', { timeout: 300_000 }, () => {
  it('exits 0 where nothing fails, with a line for each item within 80 columns', async () => {
    const { code, stdout, stderr } = await mdbench(['validate', 'silicon-student'], { env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${items.length} of ${items.length} items passed`);
    expect(stdout.match(/^ {2}✓ {2}/gm)).toHaveLength(items.length);
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it('exits 1 where an item fails, and says what is wrong', async () => {
    const { code, stdout } = await mdbench(['validate', 'lennard-jones-plain'], { env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}✗ {2}Smooth at the cutoff +0\.00017 eV +1\.0e−5 eV$/m);
    expect(stdout).toContain('Its energy jumps by 0.00017 eV');
  });

  it('gives the record as JSON, of a system by name or from a file', async () => {
    const folder = temporaryFolder();
    const structure = join(folder, 'cell.extxyz');
    writeFileSync(structure, writeExtxyz(buildSystem('si8')));
    const typed = [
      ['--system', 'si8'],
      ['--structure', structure, '--repeat', '2,1,1'],
    ];
    for (const [k, words] of typed.entries()) {
      const { code, stdout } = await mdbench(['validate', 'stillinger-weber', '--json', ...words], { env });
      const record = validationSchema.parse(JSON.parse(stdout));
      expect(code).toBe(0);
      expect(record.systems).toMatchObject([{ atoms: 8 * (k + 1), given: true }]);
      expect(record).toMatchObject({ forcesAreGradient: true, energySmooth: true, summary: { fail: 0 } });
      expect(record.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    }
  });

  it.each([
    ['no-such-thing', []],
    ['stillinger-weber', ['--system', 'water']],
    ['stillinger-weber', ['--system', 'si8,si64']],
    ['stillinger-weber', ['--system', 'nowhere']],
    ['stillinger-weber', ['--threads', 'many']],
    ['null', []],
  ])('exits 2 for misuse: %s %j', async (name, words) => {
    const { code, stdout, stderr } = await mdbench(['validate', name, ...words], { env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mdbench: /);
  });
});

describe('its cache', { timeout: 300_000 }, () => {
  const named = (folder: string) => {
    copyFileSync('benchmarks/models/silicon-student.onnx', join(folder, 'a.onnx'));
    return join(folder, 'a.onnx');
  };
  const titleOf = (stdout: string) => validationSchema.parse(JSON.parse(stdout)).forceField.title;

  it('is of model files alone, and read again until it is damaged or refused', async () => {
    const own = temporaryFolder();
    const place = { env: { XDG_CACHE_HOME: own } };
    const path = named(temporaryFolder());
    const validate = (...words: string[]) => mdbench(['validate', path, '--json', ...words], place);
    await mdbench(['validate', 'lennard-jones-switched'], place);
    const first = await validate();
    const folder = join(own, 'mdbench', 'validation');
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    const file = join(folder, files[0]!);
    const marked = { ...JSON.parse(readFileSync(file, 'utf8')) };
    marked.forceField.title = 'from the cache';
    writeFileSync(file, JSON.stringify(marked));
    expect(titleOf((await validate()).stdout)).toBe('from the cache');
    expect((await validate('--no-cache')).stdout).toBe(first.stdout);
    writeFileSync(file, '{"half');
    expect((await validate()).stdout).toBe(first.stdout);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(first.stdout));
    await validate('--system', 'si8');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('may be where nobody can write', async () => {
    const own = temporaryFolder();
    writeFileSync(join(own, 'mdbench'), 'a file');
    const { code, stderr } = await mdbench(['validate', named(temporaryFolder())], {
      env: { XDG_CACHE_HOME: own },
    });
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('mdbench run', { timeout: 300_000 }, () => {
  const run = async (...words: string[]) => {
    const short = ['--steps', '20', '--equilibrate', '5', '--out', temporaryFolder(), '--json', '-'];
    const { code, stdout } = await mdbench(['run', 'lennard-jones-plain', ...short, ...words], { env });
    expect(code).toBe(0);
    return documentSchema.parse(JSON.parse(stdout)).cases[0]!;
  };

  it('examines a force field before it is timed, and says so in the document', async () => {
    const { validation, status } = await run();
    expect(status).toBe('ok');
    expect(validation).toMatchObject({ energySmooth: false, forcesAreGradient: true, summary: { fail: 1 } });
  });

  it('leaves that out when asked to', async () => {
    expect((await run('--no-validate')).validation).toBeUndefined();
  });
});
