import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildSystem, loadStructure, writeExtxyz } from '../../src/system/index.js';
import { thrownBy } from '../support/thrown.js';

const folder = mkdtempSync(join(tmpdir(), 'mdbench-structures-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('structure files', () => {
  it('give their last frame, called as the file', () => {
    const path = fileWith(
      'two.frames.extxyz',
      writeExtxyz(buildSystem('water')) + writeExtxyz(buildSystem('si8')),
    );
    const system = loadStructure(path);
    expect(system).toEqual({ ...buildSystem('si8'), name: 'two.frames' });
  });

  it('are repeated', () => {
    const path = fileWith('silicon.extxyz', writeExtxyz(buildSystem('si8')));
    const system = loadStructure(path, [2, 2, 2]);
    expect([system.name, system.numbers.length, system.cell[0]]).toEqual(['silicon-2x2x2', 64, 2 * 5.431]);
  });

  it('that do not exist, or are folders, are not found', () => {
    const missing = thrownBy(() => loadStructure(join(folder, 'no.extxyz')));
    expect([missing.code, missing.message]).toEqual([
      'file-not-found',
      `The structure ${join(folder, 'no.extxyz')} cannot be read: there is no such file.`,
    ]);
    mkdirSync(join(folder, 'folder'));
    expect(thrownBy(() => loadStructure(join(folder, 'folder'))).message).toContain('it is a folder');
  });

  it('that are malformed are named with path and line, whichever frame it is', () => {
    const path = fileWith('broken.extxyz', `${writeExtxyz(buildSystem('water'))}2\n\nAr 0 0 0\n\nAr 1 1 1\n`);
    const error = thrownBy(() => loadStructure(path));
    expect([error.code, error.message]).toEqual([
      'structure-invalid',
      `${path}, line 9: 0 columns where at least 4 (element, x, y, z) were expected: "".`,
    ]);
    const binary = fileWith('binary.extxyz', '\u0000\u0001\u0002\n');
    expect(thrownBy(() => loadStructure(binary)).code).toBe('structure-invalid');
  });
});
