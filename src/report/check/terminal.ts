// A check in a terminal: one verdict line, the gates, why, and what to do next.

import type { ResultDocument } from '../../result/document.js';
import type { CheckResult, GateResult } from '../../result/judgement.js';
import { firstFitting, type Layout, layoutOf, plain, shade, table, wrap } from '../terminal/layout.js';
import { toneShade } from '../terminal/tone-shade.js';
import {
  describeArms,
  describeCampaign,
  describeCheck,
  describeMoreGates,
  gateColumns,
} from '../words/check.js';
import { describeGate, type GateWords } from '../words/gates.js';
import { describeMachine, describeWarning } from '../words/index.js';
import { gatesInOrder } from './order.js';

interface CheckTerminalOptions {
  /** Columns of the terminal; 80 unless told, at least 40. */
  readonly width?: number;
  readonly color?: boolean;
  /** Files that were written, in the order to name them. */
  readonly files?: Readonly<Record<string, string>>;
}

/** More rows than this scroll the verdict away; the report has all. */
const mostRows = 40;
/** Why of so many gates that did not pass. */
const mostReasons = 10;

/** @param document one that has `check`; empty text without */
export function renderCheckTerminal(document: ResultDocument, options: CheckTerminalOptions = {}): string {
  const { check } = document;
  if (!check) return '';
  const layout = layoutOf({ ...options, width: Math.min(options.width ?? 80, 100) });
  const { width } = layout;
  const gates = gatesInOrder(check.gates);
  const shown = gates.slice(0, mostRows);
  const blocks = [
    verdictLines(check, layout),
    [...gateLines(shown, layout), ...moreLines(gates.slice(mostRows), width)],
    reasonLines(gates, layout),
    describeCheck(check).next.flatMap((step) => wrap(step, '→ ', width)),
    [...check.warnings, ...document.warnings].flatMap((one) => noticeLines(describeWarning(one), width)),
    [
      ...(document.campaigns ?? []).flatMap((one) => wrap(describeCampaign(one), '', width)),
      ...wrap(describeMachine(document.environment), '', width),
      ...Object.values(options.files ?? {}).map(plain),
    ],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function verdictLines(check: CheckResult, layout: Layout): string[] {
  const { tone, word, text } = describeCheck(check);
  const [first, ...rest] = wrap(text, `${word}: `, layout.width);
  return [
    first!.replace(word, () => shade(word, toneShade[tone], layout)),
    ...rest,
    ...wrap(describeArms(check), '', layout.width).map((line) => shade(line, 'dim', layout)),
  ];
}

/** Under the force field and system that they are about; where the columns do not fit, a gate takes two lines. */
function gateLines(gates: readonly GateResult[], layout: Layout): readonly string[] {
  const words = gates.map(describeGate);
  const cells = words.map((one) => {
    const { mark, estimate, bound, detectable } = one;
    return [`${mark} ${partsOf(one).metric}`, estimate, bound, detectable].map(plain);
  });
  const head = gateColumns.map((title, k) => (k === 0 ? `  ${title}` : title));
  const fitting = firstFitting([table([head, ...cells])], layout.width);
  const subjects = [...new Set(words.map((one) => partsOf(one).subject))];
  const lines = subjects.flatMap((subject) => [
    ...(subject === '' ? [] : wrap(subject, '', layout.width).map((line) => shade(line, 'bold', layout))),
    ...words.flatMap((one, k) => {
      if (partsOf(one).subject !== subject) return [];
      return fitting ? [marked(fitting[k + 1]!, one, layout)] : narrowLines(one, layout);
    }),
  ]);
  return fitting ? [shade(fitting[0]!, 'dim', layout), ...lines] : lines;
}

function partsOf({ name }: GateWords): { subject: string; metric: string } {
  const at = name.lastIndexOf('/');
  return { subject: name.slice(0, Math.max(0, at)), metric: name.slice(at + 1) };
}

function narrowLines(words: GateWords, layout: Layout): string[] {
  const { mark, estimate, limit, detectable } = words;
  const [first, ...rest] = wrap(partsOf(words).metric, `${mark} `, layout.width);
  const sight = detectable === '–' ? [] : [`${gateColumns[3]} ${detectable}`];
  return [
    marked(first!, words, layout),
    ...rest,
    ...wrap([estimate, limit, ...sight].join(', '), '    ', layout.width),
  ];
}

function marked(line: string, { mark, tone }: GateWords, layout: Layout): string {
  return shade(mark, toneShade[tone], layout) + line.slice(mark.length);
}

function moreLines(left: readonly GateResult[], width: number): string[] {
  return left.length === 0 ? [] : wrap(describeMoreGates(left), '… ', width);
}

function reasonLines(gates: readonly GateResult[], layout: Layout): string[] {
  return gates
    .filter(({ state }) => state !== 'passed')
    .slice(0, mostReasons)
    .map(describeGate)
    .flatMap((words) => {
      const [first, ...rest] = wrap(`${words.name}: ${words.text}`, `${words.mark} `, layout.width);
      return [marked(first!, words, layout), ...rest];
    });
}

function noticeLines({ text, advice, level }: ReturnType<typeof describeWarning>, width: number): string[] {
  return wrap(advice ? `${text} ${advice}` : text, level === 'note' ? '· ' : '! ', width);
}
