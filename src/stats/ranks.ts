// Ranks from 1, equal values sharing the mean of theirs.

/** `ties` is the sum of t³ − t over groups of t equal values, which the variances of rank tests need. */
export function ranks(values: Float64Array): { readonly rank: Float64Array; readonly ties: number } {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const rank = new Float64Array(values.length);
  let ties = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) rank[order[k]] = (start + 1 + end) / 2;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  return { rank, ties };
}
