// A jittered cubic lattice with open boundaries as inputs of a model of the zoo: species are those of a golden case, repeated.

const spacing = 2;
const cutoff = 4;
/** The lattice is that of argon atoms then, 0.37 nm apart. */
const argonInNanometers = 0.185;

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

/** Feeds by name of input, by the roles in the zoo's list. A neighbor matrix has one row more, which holds no atom. */
export function feedsOf(entry, golden, { positions, pairs }) {
  const inputs = Object.values(entry.inputs);
  const [n, e] = [positions.length, pairs.length];
  const rows = inputs.some(({ role }) => role === 'neighbor-matrix') ? n + 1 : n;
  const columns = [0, 1].map((side) => pairs.map((pair) => pair[side]));
  const zeros = (...dims) => ({ dims, numbers: new Array(dims.reduce((a, b) => a * b, 1)).fill(0) });
  const scale = entry.units.length === 'nm' ? argonInNanometers : 1;
  const edge = Math.round(Math.cbrt(n)) * spacing * scale;
  const matrix = matrixOf(rows, pairs);
  const byRole = {
    positions: () =>
      padded(
        [n, 3],
        positions.flat().map((x) => x * scale),
        rows,
      ),
    'edge-centers': () => ({ dims: [e], numbers: columns[0] }),
    'edge-neighbors': () => ({ dims: [e], numbers: columns[1] }),
    edges: () => ({ dims: [2, e], numbers: columns.flat() }),
    shifts: () => zeros(e, 3),
    'cell-shifts': () => zeros(e, 3),
    'neighbor-matrix': () => ({ dims: [rows, matrix[0].length], numbers: matrix.flat() }),
    'neighbor-cell-shifts': () => zeros(rows, matrix[0].length, 3),
    cell: () => ({ dims: [3, 3], numbers: [edge, 0, 0, 0, edge, 0, 0, 0, edge] }),
    batch: () => zeros(n),
    charge: () => zeros(1),
    species: (input) => padded(...repeatedRows(golden[0].inputs[input], n), rows),
  };
  return Object.fromEntries(
    Object.entries(entry.inputs).map(([input, { role, type, shape }]) => {
      const { dims, numbers } = byRole[role](input);
      const data = type === 'int64' ? BigInt64Array.from(numbers, BigInt) : Float32Array.from(numbers);
      return [input, { type, dims: shape.length > dims.length ? [1, ...dims] : dims, data }];
    }),
  );
}

/** Neighbors of each row; empty slots hold the last row, which holds no atom. */
function matrixOf(rows, pairs) {
  const lists = Array.from({ length: rows }, () => []);
  for (const [i, j] of pairs) lists[i].push(j);
  const width = Math.max(...lists.map((list) => list.length));
  return lists.map((list) => [...list, ...new Array(width - list.length).fill(rows - 1)]);
}

function padded([count, ...inner], numbers, rows) {
  const size = inner.reduce((a, b) => a * b, 1);
  return { dims: [rows, ...inner], numbers: [...numbers, ...new Array((rows - count) * size).fill(0)] };
}

/** Rows of a case again and again; where a batch comes first it is of one system. */
function repeatedRows({ dims: [first, ...others], data }, count) {
  const inner = first === 1 ? others.slice(1) : others;
  const size = inner.reduce((a, b) => a * b, 1);
  return [[count, ...inner], Array.from({ length: count * size }, (_, k) => data[k % data.length])];
}
