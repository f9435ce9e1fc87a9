// The errors of operators, and of forms of them, that no rule serves.

import { MdbenchError } from '../../errors.js';
import { nodesOf, qualifiedName, subgraphsOf } from '../graph.js';
import type { NodeProto } from '../proto/onnx_pb.js';

const branching = new Set(['If', 'Loop', 'Scan']);

/** @param reason what stands in the way, as the end of a sentence that begins with the operator */
export function refusal(node: NodeProto, reason: string): MdbenchError {
  const name = node.name ? ` ("${node.name}")` : '';
  return refused(`the operator ${node.opType}${name} ${reason}`);
}

/** Of a Loop or an If, those that it holds are named too: what is written without the outer one may keep an inner one. */
export function noRule(node: NodeProto): MdbenchError {
  const inner = subgraphsOf(node)
    .flatMap((body) => [...nodesOf(body)])
    .filter(({ opType }) => branching.has(opType))
    .map(titleOf);
  const held = inner.length > 0 ? `, which holds ${inner.join(', ')}` : '';
  return refused(`there is no rule for the operator ${titleOf(node)}${held}`);
}

function refused(reason: string): MdbenchError {
  return new MdbenchError(
    'not-differentiable',
    `The graph cannot be differentiated: ${reason}.`,
    'Export the model with its forces as an output, or run it with --forces finite-difference, which is not for timing.',
  );
}

/** By its name, else by what it writes. */
function titleOf(node: NodeProto): string {
  const name = node.name || node.output.find((written) => written !== '');
  return `${qualifiedName(node)}${name ? ` ("${name}")` : ''}`;
}
