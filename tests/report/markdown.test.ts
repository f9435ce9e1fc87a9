import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/index.js';
import { sampleInput } from '../support/sample-document.js';

const failure = {
  stage: 'measure',
  seed: 1,
  step: 413,
  cause: 'nan-energy',
  message: 'E is NaN\n| x |',
  hint: null,
} as const;

/** Cells of a line of a table, escaped bars kept in their cell. */
const cells = (line: string) => line.split(/(?<!\\)\|/).length - 2;

describe.each([
  ['one case', sampleInput([{ steps: 300 }])],
  [
    'a grid with a failure',
    sampleInput([
      { id: 'a', steps: 200 },
      { id: 'b', steps: 412, failure, status: 'failed' },
      { id: 'c', status: 'pending' },
    ]),
  ],
  [
    'names full of Markdown',
    sampleInput([{ steps: 60, title: '| `a` | *b* <script>alert(1)</script> [x](y)' }]),
  ],
])('Markdown of %s', (_, input) => {
  const text = renderMarkdown([input]);

  it('has tables whose rows have as many cells as their head', () => {
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) {
      const lines = table.trimEnd().split('\n');
      expect(lines[1]).toMatch(/^\|( :?-+:? \|)+$/);
      expect(new Set(lines.map(cells)).size).toBe(1);
    }
  });

  it('lets no markup through', () => {
    expect(text).not.toMatch(/<(?!!--)[a-z/]/i);
    expect(text).not.toMatch(/undefined|\[object|NaN(?! )(?!\b)/);
  });
});

describe('Markdown', () => {
  it('has the words of the page: states, verdicts, every metric', () => {
    const text = renderMarkdown([
      sampleInput([
        { id: 'a', steps: 300 },
        { id: 'b', steps: 412, failure, status: 'failed' },
      ]),
    ]);
    expect(text).toContain('1 completed, 1 failed');
    expect(text).toContain('Stopped at step 413 of the measured stage (seed 1): the energy became NaN.');
    expect(text).toMatch(/^- [✓!✗?] \*\*Energy drift, /m);
    expect(text).toMatch(/^\| Step time, p99 \| whole step \|/m);
  });

  it('says first when a run was aborted', () => {
    const text = renderMarkdown([sampleInput([{ steps: 40, status: 'aborted' }], { status: 'aborted' })]);
    expect(text.split('\n')[2]).toMatch(/^> \*\*This run was aborted/);
  });
});
