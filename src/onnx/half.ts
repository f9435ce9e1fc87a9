// Numbers of two bytes, which JavaScript has no arrays of: float16 and bfloat16 by their bits.

const one = new Uint32Array(1);
const asFloat = new Float32Array(one.buffer);

/** IEEE 754 binary16. */
export function float16Value(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The upper half of a float32. */
export function bfloat16Value(bits: number): number {
  one[0] = bits << 16;
  return asFloat[0]!;
}
