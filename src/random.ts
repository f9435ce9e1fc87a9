// Seeded random numbers, the same on every machine: xoshiro128** (Blackman & Vigna, ACM TOMS 47, 36), seeded by splitmix32.

export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Uniform integer in [0, n). */
  integer(n: number): number;
}

/** @param seed any integer; equal seeds give equal sequences */
export function createRandom(seed: number): Random {
  const state = new Int32Array(4);
  let mix = (seed ^ Math.floor(seed / 0x100000000)) | 0;
  for (let k = 0; k < 4; k++) {
    mix = (mix + 0x9e3779b9) | 0;
    let z = Math.imul(mix ^ (mix >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    state[k] = z ^ (z >>> 15);
  }
  let spare = Number.NaN;

  function next(): number {
    const s1 = state[1];
    const scrambled = Math.imul(rotate(Math.imul(s1, 5), 7), 9);
    state[2] ^= state[0];
    state[3] ^= s1;
    state[1] = s1 ^ state[2];
    state[0] ^= state[3];
    state[2] ^= s1 << 9;
    state[3] = rotate(state[3], 11);
    return scrambled >>> 0;
  }

  function uniform(): number {
    return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
  }

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * Math.log(square)) / square);
    spare = v * scale;
    return u * scale;
  }

  return { uniform, normal, integer: (n) => Math.floor(uniform() * n) };
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
