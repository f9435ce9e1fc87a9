// npm run bench [section …]: kernels, the harness's own cost, and anchors measured side by side. Medians; only ratios carry over.

import { callRows } from './calls.mjs';
import { gradientRows } from './gradients.mjs';
import { harnessRows } from './harness.mjs';
import { ipiRows } from './ipi.mjs';
import { kernelRows } from './kernels.mjs';
import { lammpsRows } from './lammps.mjs';
import { neighborRows } from './neighbors.mjs';
import { onnxRows } from './onnx.mjs';
import { printMachine, printTable } from './table.mjs';

const sections = {
  harness: { title: 'Whole step around the null force field, by atoms and observer', rows: harnessRows },
  kernels: { title: 'Kernels in the loop that they run in', rows: kernelRows },
  calls: { title: 'One call, on its own', rows: callRows },
  neighbors: {
    title: 'Full neighbor lists of silicon: build, and trim of a skinned list',
    rows: neighborRows,
  },
  onnx: { title: 'ONNX force fields, 64 silicon atoms', rows: onnxRows },
  gradients: {
    title: 'ONNX force fields with forces added, against energy alone',
    rows: () => gradientRows(),
  },
  ipi: { title: 'Round trip to another process over i-PI, unix socket', rows: ipiRows },
  lammps: {
    title: 'Against LAMMPS serial, same start, cutoff, skin: processor time of a step',
    rows: lammpsRows,
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`No section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}
printMachine();
for (const [name, { title, rows }] of Object.entries(sections)) {
  if (asked.length === 0 || asked.includes(name)) printTable(title, await rows());
}
