// How often to look at a trajectory, and how far: decided from the start and the length alone, so that the trajectories of
// two force fields are looked at alike. Å, fs.

import { cellVolume, type System } from '../system/index.js';

export interface SamplingPlan {
  /** Steps between two samples. */
  readonly every: { readonly positions: number; readonly velocities: number };
  /** Å, of the radial distribution: a whole number of widths. */
  readonly cutoff: number;
  readonly width: number;
  /** Of the velocity autocorrelation, in samples. */
  readonly lags: number;
}

/** fs: a Nyquist frequency of 125 THz, above the fastest vibrations there are (H₂ at 125, O–H at 110 THz). */
const velocityInterval = 4;
const mostLags = 512;
const longestCutoff = 10;
const binWidth = 0.05;
/** Of one neighbor list: 80 MB. */
const mostPairs = 4_000_000;
/** Pairs counted over the whole trajectory: some seconds. */
const mostCounted = 100_000_000;

/**
 * Velocities every 4 fs (more often in a trajectory of fewer than 64 such intervals), lags up to 512 samples or two thirds
 * of half the trajectory. Positions 400 times at most, less often in a large system, but some ten times whatever it costs. The cutoff is 10 Å
 * unless that would be more than four million pairs.
 */
export function planSampling(system: System, steps: number, timestep: number): SamplingPlan {
  const velocities = Math.max(
    1,
    Math.min(Math.floor(velocityInterval / timestep + 1e-9), Math.floor(steps / 64)),
  );
  const half = Math.floor(Math.floor(steps / velocities) / 2);
  const pairsAt = pairEstimate(system);
  let cutoff = longestCutoff;
  while (cutoff > 1 && pairsAt(cutoff) > mostPairs) cutoff -= 0.5;
  const samples = Math.max(20, Math.min(400, Math.floor(mostCounted / Math.max(1, pairsAt(cutoff)))));
  return {
    every: { positions: Math.max(1, Math.ceil(steps / samples)), velocities },
    cutoff,
    width: binWidth,
    lags: Math.max(1, Math.min(mostLags, Math.floor((2 * half) / 3))),
  };
}

/** Pairs of a half list at the mean density, of the cell or of the box that the atoms occupy. */
function pairEstimate({ positions, cell, pbc }: System): (cutoff: number) => number {
  const atoms = positions.length / 3;
  const open = pbc.includes(false);
  const volume = open ? occupiedVolume(positions) : cellVolume(cell);
  const all = open ? (atoms * (atoms - 1)) / 2 : Number.POSITIVE_INFINITY;
  return (cutoff) => Math.min(all, (atoms * atoms * 2 * Math.PI * cutoff ** 3) / (3 * volume));
}

function occupiedVolume(positions: Float64Array): number {
  let volume = 1;
  for (let d = 0; d < 3; d++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = d; k < positions.length; k += 3) {
      low = Math.min(low, positions[k]);
      high = Math.max(high, positions[k]);
    }
    volume *= Math.max(1, high - low);
  }
  return volume;
}
