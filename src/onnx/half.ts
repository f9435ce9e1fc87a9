// Numbers of two bytes, which JavaScript has no arrays of: float16 and bfloat16 by their bits.

/** Reads an element of a tensor in memory as a number. */
export function numberReader(type: string): (element: number | bigint) => number {
  if (type === 'float16') return (bits) => float16Value(Number(bits));
  if (type === 'bfloat16') return (bits) => bfloat16Value(Number(bits));
  return Number;
}

const one = new Uint32Array(1);
const asFloat = new Float32Array(one.buffer);

/** IEEE 754 binary16. */
function float16Value(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a float32. */
function bfloat16Value(bits: number): number {
  one[0] = bits << 16;
  return asFloat[0]!;
}
