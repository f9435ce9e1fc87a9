// The walls of the house and its rules of size and style, held on the sources themselves.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'native'],
  {
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => /\.(ts|mjs|cc|c|h)$/.test(file) && !file.startsWith('src/onnx/proto/'));
const typescript = sources.filter((file) => file.endsWith('.ts'));

function offenders(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, k) => (pattern.test(line) ? [`${file}:${k + 1}: ${line.trim()}`] : [])),
  );
}

function outside(...rooms: string[]): string[] {
  return typescript.filter((file) => !rooms.some((room) => file.startsWith(`src/${room}`)));
}

function cruise(folder: string) {
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const rules = resolve('.dependency-cruiser.mjs');
  return spawnSync(process.execPath, [program, '--config', rules, 'src'], { cwd: folder, encoding: 'utf8' });
}

describe('the house', () => {
  it('keeps its walls', () => {
    expect(cruise('.').stdout).toMatch(/no dependency violations found/);
  });

  it('notices an import through a wall', () => {
    const planted = mkdtempSync(join(tmpdir(), 'mdbench-walls-'));
    mkdirSync(join(planted, 'src/stats'), { recursive: true });
    mkdirSync(join(planted, 'src/measure'));
    writeFileSync(join(planted, 'tsconfig.json'), '{ "compilerOptions": { "module": "NodeNext" } }');
    writeFileSync(join(planted, 'src/measure/clock.ts'), 'export const now = 1;\n');
    writeFileSync(
      join(planted, 'src/stats/mean.ts'),
      "import { now } from '../measure/clock.ts';\nexport const mean = now;\n",
    );
    const outcome = cruise(planted);
    rmSync(planted, { recursive: true });
    expect(outcome.status).not.toBe(0);
    expect(outcome.stdout).toContain('wall-stats: src/stats/mean.ts');
  });

  it('holds files to 250 lines', () => {
    const long = sources
      .map((file) => [file, readFileSync(file, 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 250);
    expect(long).toEqual([]);
  });

  it('names files in kebab case and never as a drawer', () => {
    const names = sources.map((file) => file.split('/').at(-1) as string);
    expect(names.filter((name) => !/^[a-z0-9][a-z0-9-]*(\.[a-z]+)+$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|common|manager|misc|base|core)\./.test(name))).toEqual(
      [],
    );
  });

  it('reads the clock in measure/ alone', () => {
    expect(offenders(/\bDate\.now\(|new Date\(\)|performance\.now|hrtime/, outside('measure/'))).toEqual([]);
  });

  it('speaks and exits in cli/ alone', () => {
    expect(offenders(/\bconsole\.|process\.exit\b(?!Code)/, outside('cli/', 'measure/worker.ts'))).toEqual(
      [],
    );
  });

  it('has no unfinished work and no default exports', () => {
    expect(offenders(/\b(TODO|FIXME|XXX|HACK)\b/, sources)).toEqual([]);
    expect(offenders(/^export default/, typescript)).toEqual([]);
  });
});
