// Where a force call spends its time and could do with less: rules over the nodes, each of which gives a code with values.
// What operators cost against each other was measured with ONNX Runtime 1.30 on the CPU (ARCHITECTURE.md).

import type { OperatorNode, Warning } from '../../result/index.js';
import { deviceRules } from './device-rules.js';
import { type Measured, type NodeView, sum, type ViewedNode, viewNodes } from './node-view.js';
import { shortBroadcast } from './short-broadcast.js';

/** Null: it does not apply. */
type Rule = (view: NodeView) => Warning['values'] | null;

const scatters = ['ScatterElements', 'Scatter'];
const gathers = ['Gather', 'GatherND', 'GatherElements'];
const transcendental =
  'Exp Log Sin Cos Tan Sinh Cosh Tanh Asin Acos Atan Erf Sigmoid Elu Celu Selu Gelu QuickGelu FastGelu Mish Softmax';
const movements = 'Transpose Reshape Concat Slice Split Expand Tile Pad Squeeze Unsqueeze Flatten Identity';
const products = 'MatMul Gemm FusedMatMul FusedGemm Conv MatMulInteger QLinearMatMul';

const processorRules: Readonly<Record<string, Rule>> = {
  'serial-scatter': byOperator(scatters, 10),
  'scatter-nd': byOperator(['ScatterND'], 10),
  gather: byOperator(gathers, 20),
  power: byOperator(['Pow'], 10),
  softplus: byOperator(['Softplus'], 10),
  transcendental: byOperator(transcendental.split(' '), 25),
  einsum: byOperator(['Einsum'], 10),
  'short-broadcast': byNode(shortBroadcast, 10),
  'data-movement': byOperator(movements.split(' '), 25),
  cast: byOperator(['Cast'], 5),
  selection: byOperator(['Where', 'NonZero', 'Compress', 'TopK', 'Unique'], 15),
  'control-flow': byNode(isControlled, 10),
  'double-precision': byNode(({ outputs }) => outputs.some((output) => output.startsWith('float64')), 50),
  'dense-products': byOperator(products.split(' '), 50),
  'many-small-nodes': manySmallNodes,
  'outside-nodes': outsideNodes,
};

/** % of the nodes' time from which on an operator is told that no rule knows. */
const large = 30;

/** Every code that `findHotSpots` gives. */
export const hotSpotCodes: readonly string[] = [
  ...Object.keys(processorRules),
  'large-operator',
  ...Object.keys(deviceRules),
];

/**
 * The largest share first. Shares are of the nodes' time, without what profiling adds to each.
 * @param inner nodes of subgraphs
 */
export function findHotSpots(measured: Measured, inner: ReadonlySet<OperatorNode>): Warning[] {
  const view = viewNodes(measured, inner);
  if (view.nodes.length === 0) return [];
  const spots = measured.hostLaunch
    ? decide(deviceRules, view)
    : [...decide(processorRules, view), ...largeOperators(view)];
  return spots.toSorted((a, b) => shareOf(b) - shareOf(a));
}

function decide(rules: Readonly<Record<string, Rule>>, view: NodeView): Warning[] {
  return Object.entries(rules).flatMap(([code, rule]) => {
    const values = rule(view);
    return values ? [{ code, values }] : [];
  });
}

function byOperator(operators: readonly string[], least: number): Rule {
  return byNode(({ operator }) => operators.includes(operator), least);
}

/** @param least % of the nodes' time */
function byNode(belongs: (node: ViewedNode) => boolean, least: number): Rule {
  return (view) => {
    const nodes = view.nodes.filter(belongs);
    const share = view.share(nodes);
    return share >= least ? describe(view, nodes, share) : null;
  };
}

/** `operator` names the types by their time, at most three; `node` the longest node. */
function describe({ measured }: NodeView, nodes: readonly ViewedNode[], share: number): Warning['values'] {
  return {
    operator: [...new Set(nodes.map(({ operator }) => operator))].slice(0, 3).join(', '),
    share,
    calls: sum(nodes, 'calls'),
    node: nodes[0]!.name,
    shape: nodes[0]!.outputs[0] ?? null,
    threads: measured.threads,
  };
}

function isControlled({ operator, inner }: ViewedNode): boolean {
  return inner || ['If', 'Loop', 'Scan'].includes(operator);
}

/** More than two hundred of under 5 µs each; profiling makes nodes longer, so the plain call decides where it is known. */
function manySmallNodes({ measured: { plainCall }, calls, time }: NodeView): Warning['values'] | null {
  const each = Math.min(time, plainCall ?? time) / calls;
  return calls > 200 && each < 0.005 ? { calls, each } : null;
}

/** Profiling takes time between the nodes too: only against the plain call can the rest be told. */
function outsideNodes({ measured: { plainCall, callTime }, time }: NodeView): Warning['values'] | null {
  if (plainCall === null) return null;
  const whole = Math.min(plainCall, callTime);
  const share = (100 * (whole - time)) / whole;
  return share > 15 ? { share, outside: whole - time } : null;
}

function largeOperators(view: NodeView): Warning[] {
  const told = [...scatters, ...gathers, ...`${transcendental} ${movements} ${products}`.split(' ')];
  const known = [...told, 'ScatterND', 'Pow', 'Softplus', 'Einsum', 'Cast', 'Where', 'NonZero', 'Compress'];
  const others = new Set(view.nodes.map(({ operator }) => operator).filter((name) => !known.includes(name)));
  return [...others].flatMap((name) => {
    const values = byOperator([name], large)(view);
    return values ? [{ code: 'large-operator', values }] : [];
  });
}

function shareOf({ values }: Warning): number {
  return typeof values.share === 'number' ? values.share : 0;
}
