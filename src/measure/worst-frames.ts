// The frames on which two force fields differ most, by the worst single atom, for the user to look at.

import { dirname } from 'node:path';
import { type ArmName, makeFolder, writeWhole } from '../result/index.js';
import { type System, writeExtxyz } from '../system/index.js';

const kept = 5;

interface Labels {
  readonly energy: number;
  readonly forces: Float64Array;
}

interface WorstFrame {
  readonly step: number;
  /** Atom (0-based) of the largest difference, and that difference in eV/Å. */
  readonly atom: number;
  readonly error: number;
  readonly errors: Float64Array;
  readonly labels: Readonly<Record<ArmName, Labels>>;
}

export interface WorstFrames {
  /** Copies what it keeps. */
  add(frame: WorstFrame, system: System): void;
  /**
   * Extended XYZ, worst first: `forces` and `energy` are the baseline's; `candidate_forces`, `force_error` and
   * `candidate_energy` beside them.
   * @throws MdbenchError `output-not-writable`
   */
  write(path: string, source: string): void;
}

export function createWorstFrames(): WorstFrames {
  const frames: { error: number; text: (rank: number, source: string) => string }[] = [];
  return {
    add(frame, system) {
      if (frames.length === kept && !(frame.error > frames[kept - 1].error)) return;
      frames.push({ error: frame.error, text: frameText(frame, system) });
      frames.sort((a, b) => b.error - a.error);
      frames.splice(kept);
    },
    write(path, source) {
      makeFolder(dirname(path));
      writeWhole(path, frames.map(({ text }, k) => text(k + 1, source)).join(''));
    },
  };
}

function frameText(frame: WorstFrame, system: System): (rank: number, source: string) => string {
  const { baseline, candidate } = frame.labels;
  const still = {
    ...system,
    positions: system.positions.slice(),
    velocities: system.velocities.slice(),
  };
  const forces = baseline.forces.slice();
  const columns = { candidate_forces: candidate.forces.slice(), force_error: frame.errors.slice() };
  const energies = { energy: baseline.energy, candidate_energy: candidate.energy };
  return (rank, source) =>
    writeExtxyz(still, {
      energy: energies.energy,
      forces,
      columns,
      info: {
        step: frame.step,
        source,
        rank,
        baseline_energy: energies.energy,
        candidate_energy: energies.candidate_energy,
        worst_atom: frame.atom,
        worst_error: frame.error,
      },
    });
}
