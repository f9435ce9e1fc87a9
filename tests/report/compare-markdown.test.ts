import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/index.js';
import { checkInput } from '../support/synthetic-check.js';
import { comparisonInput } from '../support/synthetic-comparison.js';

const inputs = {
  one: comparisonInput({ systems: [64], students: ['silicon-student'] }),
  many: comparisonInput(),
  'a failed campaign': comparisonInput({ systems: [64], campaign: 'failed', examined: 'failed' }),
  'no runs and no examination': comparisonInput({ systems: [64], cases: false, examined: false }),
  check: checkInput(),
};
const cells = (line: string) => line.split(/(?<!\\)\|/).length - 2;

describe.each(Object.entries(inputs))('Markdown of a comparison: %s', (_, input) => {
  const text = renderMarkdown([input]);

  it('has tables whose rows have as many cells as their head', () => {
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(new Set(table.trimEnd().split('\n').map(cells)).size).toBe(1);
  });

  it('lets nothing through that is no word', () => {
    expect(text).not.toMatch(/undefined|NaN|Infinity|\[object|<(?!!--)[a-z/]/i);
  });
});

describe('Markdown', () => {
  it('leads with the quotable line and the table, before the runs', () => {
    const lines = renderMarkdown([inputs.one]).split('\n');
    const from = lines.findIndex((line) => line.startsWith('## '));
    expect(lines.slice(from, from + 8).join('\n')).toMatchInlineSnapshot(`
      "## silicon-student against silicon-teacher on si64

      **silicon-student runs MD of si64 4.56× as fast as silicon-teacher (95 % interval 4.50 to 4.62; force call alone 5.39×), at a force error of 0.0898 eV/Å RMSE on the teacher’s frames and 0.103 eV/Å on its own; it conserves its energy.**

      |  | teacher | student | gain (95 % interval) |
      | :-- | --: | --: | :-- |
      | Force call | 1.228 ms | 0.2275 ms | 5.39× (5.32 to 5.47) |
      | Whole step | 1.281 ms | 0.2807 ms | 4.56× (4.50 to 4.62) |"
    `);
    expect(lines.findIndex((line) => line.startsWith('## Overview'))).toBeGreaterThan(from);
    expect(lines.join('\n')).not.toContain('Step time, p99');
  });

  it('leads with the gates where something was checked', () => {
    const text = renderMarkdown([inputs.check]);
    expect(text).toContain('## mdbench check: FAILED');
    expect(text).toContain('| ✗ failed | silicon-student/si64/step-time-p50 | +5.1');
  });
});
