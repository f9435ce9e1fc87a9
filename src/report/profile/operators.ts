// Operators of a model file by type with their hot spots, and its nodes one by one. ms a force call.

import type { OperatorNode, OperatorProfile } from '../../result/profile.js';
import { decimalsOf, fixed, significantDigits } from '../format.js';
import {
  describeHotSpot,
  describeMore,
  describeOperators,
  hostLaunchNote,
  inputWords,
  operatorHeads,
  shapesNote,
  tableShare,
} from '../words/index.js';
import { type Block, first, note, type ProfileSection, type ReportTable } from './section.js';
import { warningNotes } from './warnings.js';

export function operatorSection(operators: OperatorProfile | null, top: number): ProfileSection | null {
  if (!operators) return null;
  const blocks: Block[] = [
    ...warningNotes(operators.warnings),
    ...note(operators.hostLaunch ? hostLaunchNote : null),
    ...operators.hotSpots.map(describeHotSpot).flatMap(({ text, advice }) => note(text, 'advice', advice)),
    { kind: 'chart', chart: 'operators' },
    { kind: 'table', table: typeTable(operators, top) },
    ...note(describeOperators(operators), 'quiet'),
  ];
  return { id: 'operators', blocks };
}

type TypeRow = Pick<
  OperatorProfile['types'][number],
  'operator' | 'provider' | 'nodes' | 'calls' | 'time' | 'share'
>;

/** With what is outside of all nodes, so that the shares are those of the whole call. */
function typeTable(operators: OperatorProfile, top: number): ReportTable {
  const { types, covered, callTime, hostLaunch } = operators;
  const { shown, left } = first(types, top);
  const several = new Set(types.map(({ provider }) => provider)).size > 1;
  const time = timeIn(callTime);
  const cells = (row: TypeRow) => [
    row.operator,
    ...(several ? [row.provider] : []),
    tableShare(row.share),
    time(row.time),
    significantDigits(row.nodes, 6),
    significantDigits(row.calls, 4),
  ];
  const sumOf = (key: 'nodes' | 'calls' | 'time' | 'share', rows: readonly TypeRow[]) =>
    rows.reduce((sum, row) => sum + row[key], 0);
  const others = (rows: readonly TypeRow[]): TypeRow => ({
    operator: operatorHeads.others(rows.length),
    provider: '',
    nodes: sumOf('nodes', rows),
    calls: sumOf('calls', rows),
    time: sumOf('time', rows),
    share: sumOf('share', rows),
  });
  const outside = 100 - covered;
  const blank = several ? [''] : [];
  return {
    columns: [
      { title: operatorHeads.operator, name: 'beside' },
      ...(several ? [{ title: operatorHeads.provider, rank: 1 }] : []),
      { title: operatorHeads.share, right: true },
      { title: operatorHeads.time(hostLaunch), right: true },
      { title: operatorHeads.nodes, right: true, rank: 3 },
      { title: operatorHeads.calls, right: true, rank: 2 },
    ],
    rows: [
      ...shown.map(cells),
      ...(left.length > 0 ? [cells(left.length === 1 ? left[0]! : others(left))] : []),
      ...(outside > 0
        ? [[operatorHeads.outside, ...blank, tableShare(outside), time((outside / 100) * callTime), '', '']]
        : []),
      [
        operatorHeads.whole,
        ...blank,
        tableShare(Math.max(100, covered)),
        time(callTime),
        significantDigits(sumOf('nodes', types), 6),
        significantDigits(sumOf('calls', types), 4),
      ],
    ],
    summed: true,
  };
}

export function nodeSection(operators: OperatorProfile | null, top: number): ProfileSection | null {
  if (!operators || operators.nodes.length === 0) return null;
  const { shown, left } = first(operators.nodes, top);
  return {
    id: 'nodes',
    blocks: [
      { kind: 'table', table: nodeTable(shown, operators) },
      ...(left.length > 0 ? note(describeMore(left.length, 'node'), 'quiet') : []),
      ...note(shapesNote, 'quiet'),
    ],
  };
}

function nodeTable(nodes: readonly OperatorNode[], { callTime, hostLaunch }: OperatorProfile): ReportTable {
  const time = timeIn(callTime);
  return {
    columns: [
      { title: operatorHeads.node, name: 'beside' },
      { title: operatorHeads.operator },
      { title: operatorHeads.share, right: true },
      { title: operatorHeads.time(hostLaunch), right: true },
      { title: operatorHeads.calls, right: true, rank: 2 },
      { title: operatorHeads.outputs, rank: 1 },
    ],
    rows: nodes.map(({ name, operator, share, time: spent, calls, outputs }) => [
      name,
      operator,
      tableShare(share),
      time(spent),
      significantDigits(calls, 4),
      outputs.join(', '),
    ]),
    details: {
      title: operatorHeads.inputs,
      rows: nodes.map(({ inputs }) => inputWords(inputs)),
    },
  };
}

/** As many decimals for all as show the whole with five digits. */
function timeIn(callTime: number): (ms: number) => string {
  const decimals = Math.min(4, decimalsOf(callTime, 5));
  return (ms) => fixed(ms, decimals);
}
