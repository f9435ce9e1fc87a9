// The same builder and trimmer in C++, through the addon. Å.

import { addon } from '../addon.js';
import { MdbenchError } from '../errors.js';
import type { System } from '../system/system.js';
import type { PairKind, Pairs } from './pairs.js';

export function nativeBuildPairs(_system: System, _cutoff: number, _kind: PairKind, _out: Pairs): void {
  throw new MdbenchError('provider-unavailable', `No native neighbor list: ${String(addon)}`);
}

export function nativeTrimPairs(): void {
  throw new MdbenchError('provider-unavailable', `No native neighbor list: ${String(addon)}`);
}
