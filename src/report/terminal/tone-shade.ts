// The color of a verdict on a terminal; its mark and word say the same without one.

import type { Tone } from '../words/index.js';
import type { Shade } from './layout.js';

export const toneShade: Record<Tone, Shade> = {
  pass: 'green',
  warn: 'yellow',
  fail: 'red',
  inconclusive: 'cyan',
  none: 'dim',
};
