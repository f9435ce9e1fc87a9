// npm run bench:statistics [campaigns]: rewrites reports/sample/statistics.md from that many campaigns a row (10 000 unless told)
// and prints it. Seeded: the same number gives the same table on every machine.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const campaigns = process.argv[2] ?? '10000';
if (!/^[1-9]\d*$/.test(campaigns)) {
  console.error(`The number of campaigns is a positive integer, received ${campaigns}.`);
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/stats/decision-rates.test.ts'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, MDBENCH_CAMPAIGNS: campaigns },
});
if (status === 0) console.log(readFileSync('reports/sample/statistics.md', 'utf8'));
process.exit(status ?? 1);
