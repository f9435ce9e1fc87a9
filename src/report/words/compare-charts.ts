// Titles, axis titles and captions of the charts of a comparison.

import { counted, significantDigits } from '../format.js';

export const compareChartWords = {
  'pair-ratios': {
    x: 'process pair',
    speed: 'times as fast',
    change: '% slower than the baseline',
    block: 'block',
    pair: 'mean of a pair',
    band: '95 % interval',
    decided: 'bounds of the decision',
    tolerated: 'tolerated',
    level: 'estimate',
    caption: (pairs: number, blocks: number) =>
      `${counted(pairs, 'process pair')}, ${counted(blocks, 'block')}: the dots are blocks of interleaved segments, the dashes are the means of their pairs, which alone the interval is made of.`,
    tolerance: (share: number, detectable: number | null) =>
      ` Up to ${significantDigits(100 * share, 3)} % slower is tolerated${detectable === null ? '' : `; the smallest regression that this campaign could see is ${significantDigits(100 * detectable, 2)} %`}.`,
  },
  'force-parity': {
    title: 'Force components',
    x: (baseline: string) => `force of the ${baseline}, eV/Å`,
    y: (candidate: string) => `force of the ${candidate}, eV/Å`,
    line: 'equal',
    caption: (shown: number, all: number) =>
      shown < all
        ? `${counted(shown, 'component')}, drawn evenly from ${counted(all, 'component')} that the document keeps.`
        : `${counted(all, 'component')}, drawn evenly over frames and atoms.`,
  },
  'frame-errors': {
    title: 'Force error over frames',
    x: 'measured step of the frame',
    y: 'force RMSE, eV/Å',
    caption:
      'One value a frame, over all atoms: an error that grows on its own trajectory leaves what was learned.',
  },
  'radial-distribution': { title: 'Radial distribution', x: 'distance, Å', y: 'g(r)' },
  'velocity-autocorrelation': { title: 'Velocity autocorrelation', x: 'lag, fs', y: 'normalized to 1' },
  spectrum: { title: 'Vibrational spectrum', x: 'THz', y: 'unit area' },
  worst: 'worst frames',
  worstFiles: 'These frames as extended XYZ, worst first:',
  curves: {
    framesOf: (arm: string) => `frames of the ${arm}`,
    arm: (arm: string) => `the ${arm}`,
    band: (arm: string) => `two halves of the ${arm}’s run`,
    caption: (arm: string) =>
      `The band lies between the two halves of the ${arm}’s own run: what is inside of it is noise.`,
  },
  'cost-model': {
    title: 'Cost of a step against size',
    x: 'atoms, logarithmic',
    y: 'ms a step, logarithmic',
    crossing: 'where they cross',
    caption: 'Dots are measured, lines are fixed cost + cost per atom · atoms.',
  },
  pareto: {
    title: 'Speed-up against force error',
    x: 'force RMSE on the teacher’s frames, eV/Å',
    y: 'whole step, times as fast (logarithmic)',
    caption:
      'Up is faster, left is more accurate; color and shape say whether the energy is conserved. The bars are the intervals of the speed-up.',
    states: {
      pass: 'conserved',
      warn: 'drifts slightly',
      inconclusive: 'inconclusive',
      fail: 'not conserved',
      none: 'drift not measured',
    },
  },
  control: {
    title: 'Control workload',
    x: 's since the campaign began',
    y: 'ms',
    caption:
      'A fixed piece of arithmetic, run between blocks: where it changes, the machine has changed and not the force field.',
  },
} as const;
