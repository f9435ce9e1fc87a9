// The hot spots among the operators of a model file in sentences, with what to do about each.
// Costs of operators against each other: ONNX Runtime 1.30 on the CPU, one thread, arrays of a million elements.

import type { Warning } from '../../result/document.js';
import { reader, type Values } from './warning-values.js';

export interface HotSpotWords {
  readonly text: string;
  /** Null for a code that this version has no words for. */
  readonly advice: string | null;
}

type HotSpotSentence = (values: Values) => readonly [text: string, advice: string];

const sentences: Readonly<Record<string, HotSpotSentence>> = {
  'serial-scatter': (v) => [
    `${spent(v)}: ONNX Runtime runs it on one thread, element by element.`,
    'Sort the edges by the atom that receives, and write the sum over neighbors as a MatMul or ReduceSum over padded neighbors: some forty times as fast, on any number of threads. ScatterND with reduction="add" moves whole rows and is as fast, but right on one thread only.',
  ],
  'scatter-nd': (v) => [
    `${spent(v)}: where it adds up, ONNX Runtime computes it right on one thread only.`,
    'Sort the edges by the atom that receives, and write the sum over neighbors as a MatMul or ReduceSum over padded neighbors: it is right on any number of threads.',
  ],
  gather: (v) => [
    `${spent(v)}: it copies rows, so that memory is what it waits for (longest: ${v.text('node')}, ${v.text('shape')}).`,
    'Gather narrow rows: apply linear layers to atoms before gathering to edges, join gathers of the same indices, and compute from one gather what is gathered twice.',
  ],
  power: (v) => [
    `${spent(v)}: for exponents other than 2 and 3 it costs about sixteen multiplications an element.`,
    'Write powers as products (x*x*x*x), Sqrt or Reciprocal, and reuse the lower powers of a polynomial envelope.',
  ],
  softplus: (v) => [
    `${spent(v)}: it costs about forty times what Sigmoid or Exp does.`,
    'Take SiLU (x*Sigmoid(x)) or Tanh when training anew, or write it as Log(1+Exp(x)), four times as fast, where x stays below 80.',
  ],
  transcendental: (v) => [
    `${spent(v)}. In float32 Exp, Tanh, Sigmoid and Erf are vectorized; Log, Sin and Cos cost ten times as much.`,
    'Evaluate them per pair, not per pair and basis function: higher sines and cosines, and Gaussians of a grid, follow from the first by recurrence.',
  ],
  einsum: (v) => [
    `${spent(v)}: at every call it is taken apart into transposes and products.`,
    'Write it as MatMul, Mul and ReduceSum on axes that are in the right order already.',
  ],
  'short-broadcast': (v) => [
    `${spent(v)} that stretch${single(v) ? 'es' : ''} one input over the other in runs of under sixteen elements (longest: ${v.text('node')}, ${v.text('shape')}); each run costs extra.`,
    'Put the longest axis (channels) last: the same product is about five times as fast.',
  ],
  'data-movement': (v) => [
    `${spent(v)}, which move${single(v) ? 's' : ''} data and compute${single(v) ? 's' : ''} nothing (longest: ${v.text('node')}, ${v.text('shape')}).`,
    'Choose one layout from the edges to the sum; let broadcasting do what Expand and Tile do, and several MatMul what Concat and Split prepare.',
  ],
  cast: (v) => [
    `${spent(v)}: numbers go back and forth between types (${v.counted('calls', 'cast')} a call).`,
    'Keep one type of floating-point numbers throughout, and take indices in the type in which they are used.',
  ],
  selection: (v) => [
    `${spent(v)}: picking elements by condition or rank is serial; Where costs six products an element, NonZero thirty.`,
    'Multiply by a smooth cutoff instead of masking. mdbench gives exactly the pairs within the cutoff: a model need not filter them.',
  ],
  'control-flow': (v) => [
    `${v.size('share', '%')} of the operators' time is in or around If, Loop or Scan (${v.counted('calls', 'node')} a call): each turn of a loop pays for every node of its body, and nothing is fused across.`,
    'Unroll short loops, replace them by batched operators, and fix shapes on export so that no If is left.',
  ],
  'double-precision': (v) => [
    `${v.size('share', '%')} of the operators' time is in double precision: products take two to three times as long, Exp and its like more than ten times.`,
    'Export the model in float32 and keep positions and integration in double precision, as mdbench does.',
  ],
  'dense-products': (v) => [
    `${spent(v)}: dense products, which is what the processor is best at.`,
    `${v.text('threads') === '1' ? 'Try --threads 2 and more; beyond that' : 'Beyond threads,'} only a smaller network (width, layers) or fewer edges (cutoff) saves time.`,
  ],
  'many-small-nodes': (v) => [
    `${v.counted('calls', 'node')} of ${v.size('each', 'ms')} on average: calling them takes a good part of the time, not their arithmetic.`,
    'Fewer and larger operators: batch layers of equal shape, export fused activations, fold constants (onnxsim), and simulate more atoms at a time.',
  ],
  'outside-nodes': (v) => [
    `${v.size('share', '%')} of a force call (${v.size('outside', 'ms')}) is outside of all operators: feeds, outputs, memory.`,
    'Look at feeds and outputs in the table of phases; large outputs that nobody reads can be left out of the export.',
  ],
  'large-operator': (v) => [
    `${spent(v)} (longest: ${v.text('node')}, ${v.text('shape')}).`,
    'Look at its largest tensors in the table of nodes: smaller ones, or the same result from fewer calls, save most.',
  ],
  'device-copies': (v) => [
    `ONNX Runtime copies ${v.counted('copies', 'tensor')} a call between the device and the processor, because ${v.counted('nodes', 'node')} (${v.text('operators')}) run${v.text('nodes') === '1' ? 's' : ''} on the processor.`,
    'Replace the operators that the device has no kernel for; each copy waits for everything before it.',
  ],
  'many-launches': (v) => [
    `${v.counted('calls', 'node')} are launched in ${v.size('each', 'ms')} each: the device may wait for launches more than it computes.`,
    'Fewer and larger operators, CUDA graphs (enable_cuda_graph) where shapes are fixed, or more atoms; the launch gaps of the kernel table tell.',
  ],
  'device-wait': (v) => [
    `${v.size('share', '%')} of a force call (${v.size('outside', 'ms')}) passes after the launches: the host waits for the device and copies results.`,
    'That is as it should be where the device is busy: look at its kernels, not at the nodes.',
  ],
};

/** The codes that have words. */
export const hotSpotCodes: readonly string[] = Object.keys(sentences);

export function describeHotSpot({ code, values }: Warning): HotSpotWords {
  if (!Object.hasOwn(sentences, code)) return { text: `${code}: ${JSON.stringify(values)}`, advice: null };
  const [text, advice] = sentences[code]!(reader(values));
  return { text, advice };
}

function spent(v: Values): string {
  return `${v.size('share', '%')} of the operators' time is in ${v.text('operator')}`;
}

function single(v: Values): boolean {
  return !v.text('operator').includes(',');
}
