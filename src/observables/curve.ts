// A curve over evenly spaced abscissas, of the whole trajectory and of its two halves: their difference is the noise.

export interface Curve {
  readonly start: number;
  readonly width: number;
  readonly whole: number[];
  readonly halves: [number[], number[]];
}

/** The same curve of `count` samples, of their first half and of their second; with an odd count the second is longer. */
export function curveOfHalves(
  grid: { readonly start: number; readonly width: number },
  count: number,
  evaluate: (begin: number, end: number) => number[],
): Curve {
  const middle = Math.floor(count / 2);
  return {
    ...grid,
    whole: evaluate(0, count),
    halves: [evaluate(0, middle), evaluate(middle, count)],
  };
}
