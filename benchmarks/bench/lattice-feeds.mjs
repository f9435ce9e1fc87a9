// A jittered cubic lattice with open boundaries as inputs of a model of the zoo: species are those of a golden case, repeated.

const spacing = 2;
const cutoff = 4;

/** @param side atoms along an edge */
export function lattice(side) {
  const positions = [];
  let state = 1;
  const jitter = () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647 - 0.5) * 0.2;
  };
  for (let k = 0; k < side ** 3; k++) {
    const cell = [k % side, Math.floor(k / side) % side, Math.floor(k / side ** 2)];
    positions.push(cell.map((x) => x * spacing + jitter()));
  }
  const pairs = positions.flatMap((a, i) =>
    positions.flatMap((b, j) =>
      i !== j && Math.hypot(...a.map((x, k) => x - b[k])) < cutoff ? [[i, j]] : [],
    ),
  );
  return { positions, pairs };
}

/** Feeds by name of input, by the roles in the zoo's list. */
export function feedsOf(entry, golden, { positions, pairs }) {
  const [n, e] = [positions.length, pairs.length];
  const columns = [0, 1].map((side) => pairs.map((pair) => pair[side]));
  const zeros = (...dims) => ({ dims, numbers: new Array(dims.reduce((a, b) => a * b, 1)).fill(0) });
  const byRole = {
    positions: () => ({ dims: [n, 3], numbers: positions.flat() }),
    'edge-centers': () => ({ dims: [e], numbers: columns[0] }),
    'edge-neighbors': () => ({ dims: [e], numbers: columns[1] }),
    edges: () => ({ dims: [2, e], numbers: columns.flat() }),
    shifts: () => zeros(e, 3),
    'cell-shifts': () => zeros(e, 3),
    cell: () => zeros(3, 3),
    batch: () => zeros(n),
    species: (input) => repeatedRows(golden[0].inputs[input], n),
  };
  return Object.fromEntries(
    Object.entries(entry.inputs).map(([input, { role, type }]) => {
      const { dims, numbers } = byRole[role](input);
      const data = type === 'int64' ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
      return [input, { type, dims, data }];
    }),
  );
}

function repeatedRows({ dims, data }, count) {
  const width = data.length / dims[0];
  const numbers = Array.from({ length: count * width }, (_, k) => data[k % data.length]);
  return { dims: [count, ...dims.slice(1)], numbers };
}
