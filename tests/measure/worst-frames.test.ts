// The worst frames as ASE reads them. Needs a Python with ASE: MDBENCH_PYTHON, or python3.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorstFrames } from '../../src/measure/worst-frames.js';
import { createRandom } from '../../src/random.js';
import { buildSystem, drawVelocities } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';

const python = process.env.MDBENCH_PYTHON ?? 'python3';
const hasAse = spawnSync(python, ['-c', 'import ase']).status === 0;

const reading = `
import json, sys
from ase.io import read
json.dump([dict(
    positions=atoms.positions.ravel().tolist(), energy=atoms.get_potential_energy(), info=atoms.info,
    forces=atoms.get_forces().ravel().tolist(), candidate=atoms.arrays["candidate_forces"].ravel().tolist(),
    errors=atoms.arrays["force_error"].tolist(),
) for atoms in read(sys.argv[1], ":", format="extxyz")], sys.stdout, default=lambda value: value.item())
`;

describe.skipIf(!hasAse)('ASE reads the worst frames (needs a Python with ASE: MDBENCH_PYTHON)', () => {
  it('five of eight, worst first, with everything about them', () => {
    const random = createRandom(4);
    const system = buildSystem('ethanol');
    drawVelocities(system, 300, 1);
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const worst = createWorstFrames();
    const kept = [0.3, 0.9, 0.1, 0.7, 0.2, 0.8, 0.4, 0.6].map((error, k) => {
      const forces = { baseline: draw(27), candidate: draw(27) };
      const labels = {
        baseline: { energy: -k - 1 / 3, forces: forces.baseline },
        candidate: { energy: -k - 1 / 7, forces: forces.candidate },
      };
      const frame = { step: 10 * k, atom: k, error, errors: draw(9), labels };
      system.positions[0] = k;
      worst.add(frame, system);
      return { ...frame, positions: [...system.positions] };
    });
    const file = join(temporaryFolder(), 'worst', 'frames.extxyz');
    worst.write(file, 'candidate');
    const outcome = spawnSync(python, ['-c', reading, file], { encoding: 'utf8' });
    expect(outcome.stderr).toBe('');
    const expected = kept.toSorted((a, b) => b.error - a.error).slice(0, 5);
    expect(JSON.parse(outcome.stdout)).toEqual(
      expected.map(({ step, atom, error, errors, labels, positions }, k) => ({
        positions,
        energy: labels.baseline.energy,
        forces: [...labels.baseline.forces],
        candidate: [...labels.candidate.forces],
        errors: [...errors],
        info: {
          step,
          source: 'candidate',
          rank: k + 1,
          baseline_energy: labels.baseline.energy,
          candidate_energy: labels.candidate.energy,
          worst_atom: atom,
          worst_error: error,
        },
      })),
    );
  });
});
