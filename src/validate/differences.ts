// Derivatives by central differences at three steps, h, h/2, h/4, extrapolated twice (Richardson): the error falls as h⁶.

export interface Derivative {
  /** Central differences at h, h/2, h/4: their error falls as h². */
  readonly levels: readonly [number, number, number];
  readonly value: number;
  /** How much the last extrapolation changed: what is left of the truncation is less. */
  readonly doubt: number;
}

/**
 * The error of the largest step that extrapolation may leave: its rounding is that of the energy over h/4, times 1.6.
 * @param at values at +h and −h, +h/2 and −h/2, +h/4 and −h/4
 */
export function extrapolated(at: readonly (readonly [number, number])[], h: number): Derivative {
  const levels = at.map(([plus, minus], k) => (plus - minus) / ((2 * h) / 2 ** k)) as [
    number,
    number,
    number,
  ];
  const fourth = [0, 1].map((k) => (4 * levels[k + 1] - levels[k]) / 3);
  const value = (16 * fourth[1] - fourth[0]) / 15;
  return { levels, value, doubt: Math.abs(value - fourth[1]) };
}

/** Order of convergence of root-mean-square errors at h, h/2, h/4: 2 where what is compared is the derivative. */
export function orderOf(errors: readonly number[]): number {
  return Math.log2(errors[0] / errors[2]) / 2;
}
