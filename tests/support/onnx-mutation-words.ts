// What mutations put in the place of numbers, names and texts of a model.

export const numbers = [
  0n,
  1n,
  -1n,
  2n,
  7n,
  1n << 31n,
  -(1n << 31n),
  (1n << 62n) + 3n,
  -(1n << 63n),
  (1n << 63n) - 1n,
];
export const operators = [
  ...[
    'If',
    'Loop',
    'Split',
    'Softmax',
    'Constant',
    'ConstantOfShape',
    'Cast',
    'EyeLike',
    'ScatterElements',
    'ScatterND',
  ],
  ...[
    'Slice',
    'Pad',
    'Clip',
    'TopK',
    'Squeeze',
    'ReduceMax',
    'Erf',
    'Acos',
    'Celu',
    'Conv',
    'OneHot',
    'Resize',
    'Gelu',
  ],
  ...[
    'Upsample',
    'Dropout',
    'BatchNormalization',
    'Inner',
    'Outer',
    'Reshape',
    'Shape',
    'RandomNormal',
    'Mean',
    '',
  ],
];
const differentiable =
  'Add Mul Div Mod Pow Where Clip Max Gather GatherElements GatherND Concat Pad MatMul Gemm Einsum Det Tile Expand Trilu ' +
  'CumSum Compress PRelu Transpose Unsqueeze Flatten ReduceSum ReduceMean ReduceProd ReduceL2 LayerNormalization ' +
  'InstanceNormalization GroupNormalization CastLike LogSoftmax Pow Sqrt';
operators.push(...differentiable.split(' '));
export const texts = [
  '',
  'add',
  'mul',
  'max',
  'reflect',
  'wrap',
  'tanh',
  'ij,kj->ik',
  'ii,jk',
  '...i,ij->...j',
  'a->',
  '->->,',
];
export const roleNames = (
  'positions coord atomic_numbers z species node_attrs edge_index idx_i idx_j shifts edge_cell_shift cell box pbc batch ' +
  'nbmat nlist mapping extended_coord num_neighbors neighbor_mask edge_vec distances charge energy forces stress virial'
).split(' ');
export const metadata: Readonly<Record<string, readonly string[]>> = {
  'mdbench.roles': ['{"x": "species"}', '{"positions": {"constant": [1, 2]}}', '{"z": "cell"}', '[]', '{'],
  'mdbench.species': ['Z', 'Z:Si,C', 'H,C,O', 'onehot:H,C', 'index:', 'onehot', ':', 'Xx', '1e9'],
  'mdbench.neighbors': [
    'none',
    'full',
    'half',
    'ghosts',
    'padded:*:-1',
    'padded:99999999999:n',
    'padded:::',
    'all',
  ],
  'mdbench.static': [
    '{"atoms": 1e15}',
    '{"edges": 1e300, "pad": true}',
    '{"pad": "H", "atoms": 9}',
    '{"dummy": true}',
  ],
  'mdbench.cutoff': ['5', '0', '-1', '1e308', 'NaN', '', 'five'],
  'mdbench.units.length': ['nm', 'bohr', '1e-300', '0', 'furlong'],
  'mdbench.pbc': ['host', 'triclinic', 'none', 'maybe'],
  'mdbench.energy': ['total', 'per-atom', 'mean-per-atom', '?'],
  'mdbench.stress.sign': ['-1', '1', 'x'],
  r_max: ['5', '1e999', 'x'],
  atomic_numbers: ['[1, 6, 8]', '0 0', '119', 'H He'],
  energy_units_to_eV: ['27', '1e-308', 'Infinity'],
};
export const names = ['', 'x', 'y', 't', '\u001b[31m', '\u202e', '..', 'a'.repeat(5000), '\ud7ff'];
