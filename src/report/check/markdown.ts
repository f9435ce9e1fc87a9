// A check as GitHub-flavored Markdown for a step summary, at most 900 kB whatever was checked.

import type { ResultDocument } from '../../result/document.js';
import type { CheckResult, GateResult } from '../../result/judgement.js';
import { escapeText, markdownTable } from '../markdown-text.js';
import {
  checkTitle,
  describeArms,
  describeCampaign,
  describeCheck,
  describeMoreGates,
  gateColumns,
} from '../words/check.js';
import { describeGate } from '../words/gates.js';
import { describeMachine, describeWarning } from '../words/index.js';
import { gatesInOrder } from './order.js';

/** Bytes of the table and of each of three lists; with what is clipped beside them less than 900 kB, where GitHub takes 1 MiB. */
const tableBytes = 400_000;
const listBytes = 120_000;
/** Characters of one text. */
const longest = 500;
/** Around the cells of a row. */
const framing = '|  |';

/** @param document one that has `check`; empty text without */
export function renderCheckMarkdown(document: ResultDocument): string {
  const { check } = document;
  if (!check) return '';
  const { word, text, next } = describeCheck(check);
  const gates = gatesInOrder(check.gates);
  const blocks = [
    `## ${checkTitle}: ${word}`,
    `**${short(text)}**`,
    short(describeArms(check)),
    gateTable(gates),
    list(gates.filter(({ state }) => state !== 'passed').map(reason)),
    list(next.map((step) => `→ ${short(step)}`)),
    list(warningsOf(check, document)),
    list((document.campaigns ?? []).map((one) => short(describeCampaign(one)))),
    short(
      `${describeMachine(document.environment)} · mdbench ${document.tool.version} · ${document.createdAt}`,
    ),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function gateTable(gates: readonly GateResult[]): string {
  if (gates.length === 0) return '';
  const rows = gates.map((gate) => {
    const { mark, name, estimate, limit, detectable, state } = describeGate(gate);
    const warns =
      gate.severity === 'warn' && gate.state !== 'passed' && gate.state !== 'error' ? ' (only warns)' : '';
    return [`${mark} ${state}${warns}`, name, estimate, limit, detectable].map(clip);
  });
  const kept = rows.slice(
    0,
    fitting(
      rows.map((row) => escapeText(row.join(' | ')) + framing),
      tableBytes,
    ),
  );
  const left = gates.slice(kept.length);
  const table = markdownTable(['', ...gateColumns], kept, [4]);
  return left.length === 0 ? table : `${table}\n\n${describeMoreGates(left)}`;
}

function reason(gate: GateResult): string {
  const { mark, name, text } = describeGate(gate);
  return `${mark} **${short(name)}**: ${short(text)}`;
}

function warningsOf(check: CheckResult, document: ResultDocument): string[] {
  return [...check.warnings, ...document.warnings]
    .map(describeWarning)
    .map(({ text, advice }) => short(advice ? `${text} ${advice}` : text));
}

function list(items: readonly string[]): string {
  const lines = items.map((item) => `- ${item}`);
  const kept = fitting(lines, listBytes);
  const left = lines.length - kept;
  return [...lines.slice(0, kept), ...(left > 0 ? [`- … ${left} more`] : [])].join('\n');
}

/** How many of the lines go into so many bytes. */
function fitting(lines: readonly string[], bytes: number): number {
  let used = 0;
  const beyond = lines.findIndex((line) => {
    used += byteLength(line) + 1;
    return used > bytes;
  });
  return beyond < 0 ? lines.length : beyond;
}

function short(text: string): string {
  return escapeText(clip(text));
}

function clip(text: string): string {
  const characters = [...text.slice(0, 2 * longest)];
  return characters.length > longest ? `${characters.slice(0, longest).join('')}…` : text;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
