import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Column,
  type ColumnName,
  columnNames,
  decodeCase,
  decodeTrajectory,
  removeStaleRecordings,
  storeTrajectory,
} from '../../src/result/index.js';
import { whiteNoise } from '../support/synthetic.js';
import { syntheticCase, syntheticDocument, syntheticSamples } from '../support/synthetic-case.js';
import { thrownBy } from '../support/thrown.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mdbench-trajectory-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Columns = Record<ColumnName, Float64Array>;

function noisyColumns(steps: number): Columns {
  return Object.fromEntries(columnNames.map((name, k) => [name, whiteNoise(steps, k + 1)])) as Columns;
}

function trajectoryWith(columns: Record<ColumnName, Column>) {
  return { ...syntheticSamples({ steps: 1 }).trajectory, columns };
}

/** The one file in recordings/. */
const sidecar = () => {
  const [name, ...others] = readdirSync(join(directory, 'recordings'));
  expect(others).toEqual([]);
  return join(directory, 'recordings', name!);
};

function stored(steps: number, inlineLimit: number) {
  const columns = noisyColumns(steps);
  columns.conserved.set([Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324].slice(0, steps));
  const record = storeTrajectory(columns, { directory, name: 'si64-seed1', inlineLimit });
  return { columns, record, trajectory: trajectoryWith(record) };
}

describe('a trajectory', () => {
  it.each([
    ['inside the document', 1000],
    ['in a sidecar file', 10],
  ])('kept %s comes back bit for bit, through JSON', (_, inlineLimit) => {
    const { columns, trajectory } = stored(500, inlineLimit);
    const { columns: found } = decodeTrajectory(JSON.parse(JSON.stringify(trajectory)), directory);
    for (const name of columnNames)
      expect(new Uint8Array(found[name].buffer)).toEqual(new Uint8Array(columns[name].buffer));
    expect(existsSync(join(directory, 'recordings'))).toBe(inlineLimit === 10);
  });

  it('is little-endian Float64 in plain base64, readable by anything', () => {
    const { record, columns } = stored(5, 1000);
    const column = record.stepTime as { length: number; base64: string };
    expect(column.length).toBe(5);
    expect(Buffer.from(column.base64, 'base64').readDoubleLE(8)).toBe(columns.stepTime[1]);
  });

  it('may have no step at all', () => {
    const { trajectory } = stored(0, 1000);
    expect(decodeTrajectory(trajectory, directory).columns.stepTime).toHaveLength(0);
  });

  it('that is a view into a longer array is stored alone', () => {
    const whole = noisyColumns(40);
    const cut = Object.fromEntries(
      columnNames.map((name) => [name, whole[name].subarray(10, 20)]),
    ) as Columns;
    const record = storeTrajectory(cut, { directory, name: 'si64-seed1', inlineLimit: 5 });
    expect(statSync(sidecar()).size).toBe(7 * 10 * 8);
    const { columns } = decodeTrajectory(trajectoryWith(record), directory);
    expect(columns.temperature).toEqual(whole.temperature.slice(10, 20));
  });

  it('goes to a sidecar beyond 20 000 steps', () => {
    const record = storeTrajectory(noisyColumns(20_001), { directory, name: 'si64-seed1' });
    expect(record.stepTime).toMatchObject({
      file: expect.stringMatching(/^recordings\/si64-seed1-[0-9a-f]{8}\.f64$/),
      offset: 0,
      length: 20_001,
    });
    expect(statSync(sidecar()).size).toBe(7 * 20_001 * 8);
  });

  it('of each seed is decoded with its case', () => {
    const { trajectory, columns } = stored(50, 10);
    const result = syntheticCase([], { recording: { trajectories: [trajectory, trajectory] } });
    expect(decodeCase(result, directory).map((samples) => samples.columns.listTime)).toEqual([
      columns.listTime,
      columns.listTime,
    ]);
  });
});

describe('a broken recording', () => {
  function refused(trajectory: ReturnType<typeof trajectoryWith>, words: string) {
    const error = thrownBy(() => decodeTrajectory(trajectory, directory));
    expect(error.code).toBe('document-invalid');
    expect(error.message).toContain(words);
  }

  it('with a changed byte is refused', () => {
    const { trajectory } = stored(50, 10);
    const bytes = readFileSync(sidecar());
    bytes[8 * 50 * 3 + 5] ^= 1;
    writeFileSync(sidecar(), bytes);
    refused(trajectory, 'potentialEnergy');
    refused(trajectory, 'SHA-256');
  });

  it('that was cut short is refused', () => {
    const { trajectory } = stored(50, 10);
    truncateSync(sidecar(), 8 * 50 * 7 - 1);
    refused(trajectory, 'cut short');
  });

  it('whose file is missing is refused', () => {
    const { trajectory } = stored(50, 10);
    rmSync(sidecar());
    refused(trajectory, 'missing');
  });

  it('whose base64 does not hold what it says is refused', () => {
    const { trajectory } = stored(50, 1000);
    trajectory.columns.listTime = {
      length: 51,
      base64: (trajectory.columns.listTime as { base64: string }).base64,
    };
    refused(trajectory, 'listTime');
  });

  it.each(['../outside.f64', '/etc/hostname', 'recordings/../../outside.f64'])('may not name %s', (file) => {
    const { trajectory } = stored(50, 10);
    trajectory.columns.stepTime = { length: 1, file, offset: 0, sha256: '0'.repeat(64) };
    refused(trajectory, 'outside the folder');
  });

  it('of columns that cannot be written is output-not-writable', () => {
    writeFileSync(join(directory, 'recordings'), 'a file where a folder should be');
    expect(thrownBy(() => stored(50, 10)).code).toBe('output-not-writable');
  });
});

it('the recordings of an earlier run go once the document no longer names them, and nothing else does', () => {
  const stored = (seed: number) => {
    const samples = syntheticSamples({ columns: { stepTime: whiteNoise(50, seed) } });
    const columns = storeTrajectory(samples.columns, { directory, name: 'si64-seed1', inlineLimit: 10 });
    return syntheticCase([{ ...samples, trajectory: { ...samples.trajectory, columns } }]);
  };
  stored(1);
  const document = syntheticDocument([stored(2)]);
  const mine = join(directory, 'recordings', 'notes.txt');
  writeFileSync(mine, 'mine');
  expect(readdirSync(join(directory, 'recordings'))).toHaveLength(3);
  removeStaleRecordings(document, directory);
  expect(readdirSync(join(directory, 'recordings'))).toHaveLength(2);
  expect(decodeCase(document.cases[0]!, directory)[0]!.columns.stepTime).toHaveLength(50);
  expect(existsSync(mine)).toBe(true);
});
