// npm run bench:gate [-- --campaigns 40 --planted 3% --budget 60s --force-fields silicon-teacher,silicon-student]:
// the gate as a person types it, same against same and same against planted slowdowns; its rates with 95 % intervals.

import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printMachine, printTable } from './table.mjs';

const { values } = parseArgs({
  options: {
    campaigns: { type: 'string', default: '40' },
    planted: { type: 'string', default: '3%' },
    budget: { type: 'string', default: '60s' },
    'force-fields': { type: 'string', default: 'silicon-teacher,silicon-student' },
    system: { type: 'string', default: 'si64' },
    log: { type: 'string' },
  },
});
const program = resolve('dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'mdbench-gate-'));

printMachine();
for (const forceField of values['force-fields'].split(',')) {
  const rows = { same: [], planted: [] };
  for (let k = 0; k < Number(values.campaigns); k++) {
    for (const arm of ['same', 'planted']) rows[arm].push(await campaign(forceField, arm, k));
  }
  printTable(
    `${forceField} on ${values.system}, ${values.campaigns} campaigns of at most ${values.budget} each`,
    [line('the same', rows.same), line(`${values.planted} slower`, rows.planted)],
  );
}

/** One campaign by two commands that differ in the handicap alone. */
async function campaign(forceField, arm, k) {
  const worker = `"${process.execPath}" "${program}" worker ${forceField} --system ${values.system}`;
  const candidate = arm === 'planted' ? `${worker} --handicap ${values.planted}` : worker;
  const out = join(folder, `${forceField}-${arm}-${k}`.replaceAll('/', '-'));
  const begun = performance.now();
  const code = await typed([
    'check',
    '--baseline-command',
    worker,
    '--candidate-command',
    candidate,
    '--time-budget',
    values.budget,
    '--quiet',
    '--out',
    out,
  ]);
  const seconds = (performance.now() - begun) / 1000;
  const document = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'));
  const [gate] = document.check.gates;
  const row = {
    forceField,
    arm,
    k,
    code,
    seconds,
    verdict: document.check.verdict,
    change: gate?.estimate,
    detectable: gate?.detectable,
  };
  if (values.log) appendFileSync(values.log, `${JSON.stringify(row)}\n`);
  return row;
}

function typed(args) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((done) => child.on('close', done));
}

function line(name, rows) {
  const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
  const [low, high] = wilson(count('fail'), rows.length);
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  const seconds = rows.map((row) => row.seconds).sort((a, b) => a - b)[rows.length >> 1];
  return {
    candidate: name,
    failed: `${count('fail')}/${rows.length}`,
    interval: `${percent(low)} to ${percent(high)}`,
    passed: count('pass'),
    inconclusive: count('inconclusive'),
    error: count('error'),
    'median s': seconds.toFixed(1),
  };
}

/** Wilson's score interval of a share (J. Am. Stat. Assoc. 22, 209 (1927)), 95 %. */
function wilson(successes, n) {
  const z = 1.959964;
  const share = successes / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
