// In which order the operands of an Einsum are multiplied: ONNX Runtime takes them from the left, two at a time.

export interface Factor {
  /** One letter an axis. */
  readonly letters: string;
  readonly name: string;
}

const mostFactors = 5;

/** `factors` in the order that takes the fewest multiplications; as they are where there are too many to try. */
export function cheapestOrder(
  factors: readonly Factor[],
  output: string,
  sizes: ReadonlyMap<string, number>,
): readonly Factor[] {
  if (factors.length < 3 || factors.length > mostFactors) return factors;
  const orders = permutations(factors).map((order) => ({ order, cost: costOf(order, output, sizes) }));
  return orders.reduce((best, next) => (next.cost < best.cost ? next : best)).order;
}

/** Multiplications, and what is written in between. */
function costOf(order: readonly Factor[], output: string, sizes: ReadonlyMap<string, number>): number {
  const volume = (letters: Iterable<string>) =>
    [...letters].reduce((product, letter) => product * (sizes.get(letter) ?? 1), 1);
  let letters = new Set(order[0]!.letters);
  let cost = 0;
  for (const [k, factor] of order.entries()) {
    if (k === 0) continue;
    const joined = new Set([...letters, ...factor.letters]);
    const later = output + order.slice(k + 1).map((other) => other.letters);
    letters = new Set([...joined].filter((letter) => later.includes(letter)));
    cost += volume(joined) + volume(letters);
  }
  return cost;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, k) =>
    permutations([...items.slice(0, k), ...items.slice(k + 1)]).map((rest) => [item, ...rest]),
  );
}
