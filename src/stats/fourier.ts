// Fast Fourier transform in place, radix 2 (Cooley & Tukey, Math. Comp. 19, 297); lengths are powers of two.

/** @param re,im real and imaginary parts, equal power-of-two lengths; overwritten by the forward transform */
export function fourier(re: Float64Array, im: Float64Array): void {
  reverseBits(re, im);
  const n = re.length;
  for (let half = 1; half < n; half *= 2) {
    const cos = new Float64Array(half);
    const sin = new Float64Array(half);
    for (let k = 0; k < half; k++) {
      cos[k] = Math.cos((Math.PI * k) / half);
      sin[k] = -Math.sin((Math.PI * k) / half);
    }
    for (let start = 0; start < n; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const x = re[b] * cos[k] - im[b] * sin[k];
        const y = re[b] * sin[k] + im[b] * cos[k];
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
}
