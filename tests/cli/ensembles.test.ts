// mdbench run --ensemble, as a person types it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCase, type ResultDocument, readDocument } from '../../src/result/index.js';
import { readExtxyz } from '../../src/system/index.js';
import { mdbench, type Typed, temporaryFolder } from '../support/cli.js';

const folder = temporaryFolder();

describe('constant pressure', () => {
  let typed: Typed;
  let document: ResultDocument;
  beforeAll(async () => {
    typed = await mdbench(
      ['run', 'stillinger-weber', '--system', 'si8', '--ensemble', 'npt', '--pressure', '2', '--steps', '400']
        .concat(['--barostat-time', '500', '--compressibility', '0.02', '--friction', '0.05', '--out', 'npt'])
        .concat(['--dump', 'frames.xyz', '--every', '400']),
      { cwd: folder },
    );
    document = readDocument(join(folder, 'npt/result.json'));
  }, 120_000);

  it('is recorded with its settings, its pressures and its volumes', () => {
    expect(typed.code).toBe(0);
    const [result] = document.cases;
    expect(result.id).toBe('si8-stillinger-weber-npt');
    expect(result.dynamics).toMatchObject({
      ...{ ensemble: 'npt', pressure: 2, barostatTime: 500, compressibility: 0.02, friction: 0.05 },
      ...{ integrator: 'langevin-baoab', barostat: 'stochastic-cell-rescaling' },
    });
    const [{ columns }] = decodeCase(result, join(folder, 'npt'));
    expect(columns.pressure).toHaveLength(400);
    expect(new Set(columns.volume).size).toBeGreaterThan(390);
    const { metrics } = result;
    expect(metrics['volume-mean'].value).toBeCloseTo(
      columns.volume!.reduce((sum, volume) => sum + volume, 0) / 400,
      8,
    );
    const mass = 8 * 28.085 * 1.6605390666;
    expect(metrics['density-mean'].value).toBeCloseTo(mass / metrics['volume-mean'].value!, 2);
    expect(metrics).not.toHaveProperty('energy-drift');
  });

  it('tells of the conserved quantity and not that energy is conserved', () => {
    expect(typed.stdout).toMatch(/NPT at 300 K and 2 GPa/);
    expect(typed.stdout).toMatch(/Mean pressure +\S+ +GPa/);
    expect(typed.stdout).toMatch(/Mean volume .*Å³/);
    expect(typed.stdout).toMatch(/Drift of the conserved quantity, /);
    const page = readFileSync(join(folder, 'npt/report.html'), 'utf8');
    const report = readFileSync(join(folder, 'npt/report.md'), 'utf8');
    expect(report).toMatch(/Mean pressure .*asked 2 GPa/);
    for (const text of [typed.stdout, report, page]) {
      expect(text).not.toMatch(/Energy drift|energy is (not )?conserved|potential \+ kinetic/);
    }
    expect(page).toContain('Pressure and volume');
    expect(page).toMatch(/chart-pressure[\s\S]*chart-volume/);
  });

  it('dumps the frames of the same trajectory, each with its cell', () => {
    const [{ columns }] = decodeCase(document.cases[0], join(folder, 'npt'));
    const [first, last] = readExtxyz(readFileSync(join(folder, 'frames.xyz'), 'utf8'), 'frames');
    const volumeOf = ({ cell }: { cell: Float64Array }) => cell[0] * cell[4] * cell[8];
    expect(volumeOf(last)).toBeCloseTo(columns.volume!.at(-1)!, 4);
    expect(volumeOf(first)).not.toBeCloseTo(volumeOf(last), 4);
  });

  it('runs the shipped student too', async () => {
    const student = await mdbench(
      [
        'run',
        '--system',
        'si8',
        '--ensemble',
        'npt',
        '--steps',
        '100',
        '--equilibrate',
        '50',
        '--quiet',
        '--out',
        's',
      ],
      { cwd: folder },
    );
    expect(student.code).toBe(0);
    const [result] = readDocument(join(folder, 's/result.json')).cases;
    expect(result.metrics['volume-mean'].value).toBeGreaterThan(140);
  }, 60_000);
});

it('runs a molecule at constant temperature, without a pressure', async () => {
  const typed = await mdbench(
    ['run', 'null', '--system', 'ethanol', '--ensemble', 'nvt', '--steps', '60', '--quiet', '--out', 'nvt'],
    { cwd: folder },
  );
  expect(typed.code).toBe(0);
  const [result] = readDocument(join(folder, 'nvt/result.json')).cases;
  expect(result.id).toBe('ethanol-null-nvt');
  expect(result.recording.trajectories[0].columns).not.toHaveProperty('pressure');
  expect(result.metrics).toHaveProperty('conserved-drift');
  expect(result.metrics).not.toHaveProperty('pressure-mean');
}, 60_000);

it.each([
  [['run', 'null', '--system', 'ethanol', '--ensemble', 'npt'], /ethanol is open.*\n.*--ensemble nvt/],
  [['run', 'null', '--pressure', '1'], /--pressure goes with --ensemble npt \(received nve\)/],
  [['run', 'null', '--ensemble', 'nvt', '--barostat-time', '9'], /--barostat-time goes with --ensemble npt/],
  [['run', 'null', '--ensemble', 'npt', '--barostat-time', '-1'], /barostatTime must be a number above 0/],
  [['run', 'null', '--ensemble', 'nph'], /Allowed choices are nve, nvt, npt/],
  [['compare', 'null', 'null', '--ensemble', 'nvt'], /Only mdbench run takes the ensemble nvt/],
  [['check', '--baseline', 'null', '--candidate', 'null', '--ensemble', 'npt'], /Only mdbench run takes/],
  [['profile', 'null', '--ensemble', 'nvt'], /Only mdbench run takes the ensemble nvt/],
])(
  '%s is misuse',
  async (args, said) => {
    const { code, stderr } = await mdbench([...args, '--out', 'refused'], { cwd: folder });
    expect(stderr).toMatch(said);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  },
  60_000,
);
