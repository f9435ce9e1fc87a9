// Axes counted from the end made to count from the front: ONNX Runtime 1.30 reduces a tensor of no elements (the pairs of
// a lone atom) along axis -1 to a wrong shape, and along the same axis by its positive number to the right one.

import { freshNames } from '../graph-names.js';
import type { GraphProto } from '../proto/onnx_pb.js';
import { type TensorValue, tensorOf, writeTensor } from '../tensor-values.js';
import type { TensorFacts } from './rule.js';

/** Changes the Reduce nodes of `graph` whose axes are constants, and enters the new ones into `facts` and `constants`. */
export function reduceFromFront(
  graph: GraphProto,
  facts: Map<string, TensorFacts>,
  constants: Map<string, TensorValue>,
): void {
  const fresh = freshNames(graph);
  const made = new Map<string, string>();
  for (const node of graph.node) {
    const [data, axes] = node.input;
    const value = node.opType.startsWith('Reduce') && axes ? constants.get(axes) : undefined;
    const rank = facts.get(data ?? '')?.probes[0]?.length;
    if (!value || rank === undefined) continue;
    const numbers = Array.from<number | bigint, number>(value.data, Number);
    if (numbers.every((axis) => axis >= 0)) continue;
    const front = tensorOf(
      'int64',
      numbers.map((axis) => (axis < 0 ? axis + rank : axis)),
    );
    const name = made.get(`${front.data}`) ?? fresh('mdbench_axes');
    if (!constants.has(name)) graph.initializer.push(writeTensor(name, front));
    made.set(`${front.data}`, name);
    constants.set(name, front);
    facts.set(name, facts.get(axes!)!);
    node.input[1] = name;
  }
}
