// Gauss's rule of integration on [0, 1]: points are the roots of a Legendre polynomial, found by Newton's method
// (Abramowitz and Stegun, 25.4.29).

export function gaussLegendre(count: number): { readonly points: number[]; readonly weights: number[] } {
  const rule = Array.from({ length: count }, (_, k) => {
    let x = Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    for (let step = 0; step < 20; step++) {
      const { value, slope } = legendre(count, x);
      x -= value / slope;
    }
    const { slope } = legendre(count, x);
    return { point: (1 + x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
  return { points: rule.map(({ point }) => point), weights: rule.map(({ weight }) => weight) };
}

function legendre(degree: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
