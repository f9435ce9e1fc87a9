// Aligned tables under 80 columns: a name, then right-aligned cells.

import { availableParallelism, cpus, loadavg } from 'node:os';
import { backend } from '../../dist/addon.js';

export function printMachine() {
  const load = loadavg()[0].toFixed(1);
  console.log(`Node ${process.version}, ${cpus()[0].model}, ${availableParallelism()} cores, load ${load}`);
  console.log(`Neighbor lists: ${backend.name}${backend.reason === null ? '' : ` (${backend.reason})`}`);
}

/** @param rows objects with the same keys (the headings), or one sentence why there are none */
export function printTable(title, rows) {
  console.log(`\n${title}`);
  if (typeof rows === 'string') {
    console.log(`  ${rows}`);
    return;
  }
  const headings = Object.keys(rows[0]);
  const lines = [headings, ...rows.map((row) => headings.map((heading) => String(row[heading] ?? '')))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    const cells = line.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])));
    console.log(`  ${cells.join('  ')}`.trimEnd());
  }
}

/** Three significant figures. */
export function figure(value) {
  return value >= 100 ? Math.round(value).toString() : value.toPrecision(3);
}

export function goal(value, limit, direction) {
  const isMet = direction === 'at most' ? value <= limit : value >= limit;
  return `${direction === 'at most' ? '≤' : '≥'} ${limit} ${isMet ? 'met' : 'missed'}`;
}
