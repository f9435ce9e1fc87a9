// What mdbench doctor --noise prints.

import { describe, expect, it } from 'vitest';
import { renderNoise } from '../../src/report/index.js';
import { columns } from '../../src/report/terminal/layout.js';

const noise = {
  label: 'silicon-student',
  system: 'si64',
  stepTime: 0.042,
  pairs: 9,
  components: { process: 0.004, session: 0.0061, block: Number.NaN },
  spread: 0.012,
  detectable: [
    { pairs: 4, slowdown: 0.05 },
    { pairs: 8, slowdown: 0.021 },
  ],
  pairTime: 3210,
  best: { sessions: 2, blocks: Number.POSITIVE_INFINITY },
  failure: null,
};
const onOneLine = (text: string) => text.replace(/\s+/g, ' ');

describe('noise in a terminal', () => {
  it('is a table by level, and what that means', () => {
    const text = renderNoise([noise], { width: 60 });
    expect(text).toMatch(/same against same +step +pairs +process +session +block +a pair/);
    expect(text).toMatch(/silicon-student on si64 +42 µs +9 +0\.4 % +0\.61 % +– +1\.2 %/);
    expect(onOneLine(text)).toContain(
      'a pair takes 3.2 s and finds a slowdown of 5 % with 4, 2.1 % with 8 pairs (95 times of 100).',
    );
    expect(onOneLine(text)).toContain('Most for the time: 2 sessions a process, many blocks a session.');
    const [, meaning = ''] = text.split('\n\n');
    for (const line of meaning.split('\n')) expect(columns(line)).toBeLessThanOrEqual(60);
  });

  it.each([
    [{ failure: { message: 'The worker died.' } }, 'silicon-student on si64 broke off: The worker died.'],
    [{ pairs: 1 }, 'silicon-student on si64: too few pairs (1); give it more --time-budget.'],
  ])('is told with what went wrong: %j', (change, says) => {
    expect(onOneLine(renderNoise([{ ...noise, ...change }]))).toContain(says);
  });

  it('gives no advice where a level was never repeated', () => {
    const best = { sessions: Number.NaN, blocks: Number.NaN };
    expect(renderNoise([{ ...noise, best }])).not.toMatch(/Most for the time|NaN/);
  });
});
