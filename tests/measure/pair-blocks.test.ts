// The blocks of a pair around processes that only count: what is asked of whom, and which control runs are kept.

import { expect, it } from 'vitest';
import { runBlocks } from '../../src/measure/pair-blocks.js';
import type { PairProcess } from '../../src/measure/pair-process.js';

it('asks for a fresh session of both before every session but the first, and keeps no cold control run', async () => {
  const asked: string[] = [];
  const processOf = (arm: 'baseline' | 'candidate') =>
    ({
      arm,
      async session() {
        asked.push(`${arm} session`);
        return true;
      },
      async segment(steps: number) {
        asked.push(`${arm} ${steps}`);
        return { type: 'segment', steps, elapsed: 1, metrics: { time: 1 } };
      },
    }) as unknown as PairProcess;
  let runs = 0;
  const { rows, control } = await runBlocks(
    { baseline: processOf('baseline'), candidate: processOf('candidate') },
    {
      first: 'candidate',
      shape: { sessions: 2, blocks: 1, handover: 0 },
      steps: { baseline: 40, candidate: 80 },
      stepTimes: { baseline: 1, candidate: 1 },
      metrics: ['time'],
      control: { run: () => (runs++ % 2 === 0 ? 50 : 5), energy: 0 },
      begun: 0,
      onBlock: () => {},
    },
  );
  const [baseline, candidate] = ['baseline 40', 'candidate 80'];
  expect(asked).toEqual([
    ...['candidate 20', 'baseline 10', candidate, baseline, baseline, candidate],
    ...['candidate session', 'candidate 20', 'baseline session', 'baseline 10'],
    ...[baseline, candidate, candidate, baseline],
  ]);
  expect(rows.map(({ session }) => session)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect(control.elapsed).toEqual([5, 5, 5]);
});
