// Elementwise operators that stretch one input over another in short runs: ONNX Runtime works run by run.

import type { OperatorNode } from '../../result/index.js';

const elementwise = ['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Min', 'Max', 'Less', 'Greater', 'Equal', 'Where'];
/** Elements; from some tens on a run costs as much as an unbroken one. */
const short = 16;

/** Whether the runs of a node's inputs are shorter than sixteen elements, and its output is not. */
export function shortBroadcast({ operator, inputs, outputs }: OperatorNode): boolean {
  if (!elementwise.includes(operator) || inputs.length < 2) return false;
  const output = dimensions(outputs[0] ?? '');
  const run = Math.min(...inputs.map((input) => runOf(dimensions(input), output)));
  return run < short && size(output) > short * run;
}

/** Elements at the end of `output` that are either all of the input's own or all one of its elements. */
function runOf(input: readonly number[], output: readonly number[]): number {
  let run = 1;
  let stretched: boolean | null = null;
  for (let k = 1; k <= output.length; k++) {
    const wanted = output[output.length - k]!;
    const given = input[input.length - k] ?? 1;
    if (wanted === 1) continue;
    if (stretched !== null && stretched !== (given === 1)) return run;
    stretched = given === 1;
    run *= wanted;
  }
  return run;
}

/** Of `float32[64,3]`. */
function dimensions(tensor: string): number[] {
  const inside = /\[(.*)\]/.exec(tensor)?.[1] ?? '';
  return inside === '' ? [] : inside.split(',').map(Number);
}

function size(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
