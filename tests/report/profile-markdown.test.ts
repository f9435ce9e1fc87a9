import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/index.js';
import { commandProfile, gpuProfile } from '../support/synthetic-cuda.js';
import { analyticProfile, emptyProfile, onnxProfile, profileInput } from '../support/synthetic-profile.js';

const inputs = {
  onnx: profileInput([onnxProfile()]),
  analytic: profileInput([analyticProfile()]),
  gpu: profileInput([gpuProfile()]),
  command: profileInput([commandProfile()]),
  nothing: profileInput([{ ...emptyProfile, caseId: 'a' }]),
};

describe('a profile in Markdown', () => {
  it.each(Object.entries(inputs))('is whole tables and no markup of its own: %s', (_, input) => {
    const text = renderMarkdown([input]);
    const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    for (const table of tables) {
      const [head, ...rows] = table.split('\n');
      expect(rows.filter((row) => cells(row) !== cells(head!))).toEqual([]);
    }
    expect(text).not.toMatch(/<script|<img|undefined|NaN|\[object/);
    expect(text).not.toContain('\n\n\n');
  });

  it('has the sentence, the sum and what escapes', () => {
    const text = renderMarkdown([inputs.gpu]);
    expect(text).toContain('**94\u202f% of a step is the force call. Neighbor list');
    expect(text).toContain('| whole step | 100.00\u202f% | 2000.0 | 2040.0 |');
    expect(text).toContain('| &lt;script&gt;document.title=');
    expect(text).toContain(
      '| kernel | time % | total | instances | avg µs | med | min | max | sd | step % | a step | launch |',
    );
  });

  it('keeps the cautions of the timing pass below', () => {
    const text = renderMarkdown([profileInput([onnxProfile()], { spikes: [100, 200], steps: 1000 })]);
    expect(text.indexOf('### si64-silicon-student-nve: ✓ completed')).toBeGreaterThan(
      text.indexOf('### Timeline'),
    );
  });
});
