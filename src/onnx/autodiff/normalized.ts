// What every normalization has in common: a tensor brought to mean 0 and mean square 1 along some axes (Ba, Kiros &
// Hinton, arXiv:1607.06450; without the mean Zhang & Sennrich, arXiv:1910.07467), and the way back.

import type { Emitter } from './emitter.js';

export interface Normalized {
  readonly value: string;
  /** 1/√(mean square + ε), the axes kept as 1. */
  readonly scale: string;
  /** The gradient of the tensor from that of `value`. */
  pullBack(gradient: string): string;
}

/**
 * @param axes int64 vector
 * @param epsilon a scalar of the tensor's type
 * @param centered whether the mean is taken off first
 */
export function normalized(
  emit: Emitter,
  tensor: string,
  axes: string,
  epsilon: string,
  centered: boolean,
): Normalized {
  const mean = (of: string) => emit.op('ReduceMean', [of, axes], { keepdims: 1 });
  const offset = centered ? emit.sub(tensor, mean(tensor)) : tensor;
  const spread = emit.op('Sqrt', [emit.add(mean(emit.mul(offset, offset)), epsilon)]);
  const scale = emit.op('Reciprocal', [spread]);
  const value = emit.mul(offset, scale);
  return {
    value,
    scale,
    pullBack(gradient) {
      const along = emit.mul(value, mean(emit.mul(gradient, value)));
      const across = centered ? emit.sub(gradient, mean(gradient)) : gradient;
      return emit.mul(scale, emit.sub(across, along));
    },
  };
}
