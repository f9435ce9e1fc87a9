// Rules for a provider off the CPU, where the time of a node is that of its launch: counts say more than times. ms.

import type { Warning } from '../../result/index.js';
import { type NodeView, sum } from './node-view.js';

const copies = ['MemcpyToHost', 'MemcpyFromHost'];

export const deviceRules: Readonly<Record<string, (view: NodeView) => Warning['values'] | null>> = {
  'device-copies': deviceCopies,
  'many-launches': manyLaunches,
  'device-wait': deviceWait,
};

/** Copies that ONNX Runtime put between nodes of the device and nodes of the CPU. */
function deviceCopies({ nodes }: NodeView): Warning['values'] | null {
  const count = sum(
    nodes.filter(({ operator }) => copies.includes(operator)),
    'calls',
  );
  if (count === 0) return null;
  const left = nodes.filter(
    ({ operator, provider }) => provider === 'CPUExecutionProvider' && !copies.includes(operator),
  );
  const operators = [...new Set(left.map(({ operator }) => operator))];
  return { copies: count, nodes: sum(left, 'calls'), operators: operators.slice(0, 5).join(', ') };
}

function manyLaunches({ calls, time }: NodeView): Warning['values'] | null {
  const each = time / calls;
  return calls > 200 && each < 0.02 ? { calls, each } : null;
}

/** What is left of the call when all is launched: the host waits for the device, or copies the results. */
function deviceWait({ measured: { callTime, plainCall }, time }: NodeView): Warning['values'] | null {
  const whole = Math.min(plainCall ?? callTime, callTime);
  const share = (100 * (whole - time)) / whole;
  return share > 15 ? { share, outside: whole - time } : null;
}
