import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/index.js';
import { comparisonInput } from '../support/synthetic-comparison.js';

const one = comparisonInput({ systems: [64], students: ['silicon-student'] });
const inputs = {
  one,
  many: comparisonInput(),
  twin: comparisonInput({ systems: [64], students: ['silicon-twin'] }),
  'a failed campaign': comparisonInput({ systems: [64], campaign: 'failed', examined: 'failed' }),
  'an aborted campaign': comparisonInput({ systems: [64], campaign: 'aborted', examined: false }),
  'no runs': comparisonInput({ systems: [64], cases: false }),
  'nothing at all': comparisonInput({ systems: [64], cases: false, examined: false, pairs: 0 }),
};
const escapes = new RegExp(`${'\u001b'}\\[\\d+m`, 'g');
const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

describe.each(Object.entries(inputs))('a comparison in the terminal: %s', (_, input) => {
  it.each([40, 60, 80])('stays within %i columns, in color too', (width) => {
    const plain = renderTerminal(input, { width });
    expect(widest(plain)).toBeLessThanOrEqual(width);
    expect(renderTerminal(input, { width, color: true }).replaceAll(escapes, '')).toBe(plain);
    expect(plain).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  it('has one quotable line for each comparison', () => {
    const text = renderTerminal(input).replaceAll(/\s+/g, ' ');
    for (const { candidate, id } of input.document.comparison!.comparisons)
      expect(text).toMatch(new RegExp(`${candidate} (runs MD of ${id}|could not be timed)`));
  });
});

describe('a comparison in the terminal', () => {
  it('is a table of teacher, student and gain, with the quotable line below', () => {
    expect(renderTerminal(one)).toMatchInlineSnapshot(`
      "silicon-student against silicon-teacher on si64
                                       teacher         student  gain (95 % interval)
      Force call                      1.228 ms       0.2275 ms  5.39× (5.32 to 5.47)
      Whole step                      1.281 ms       0.2807 ms  4.56× (4.50 to 4.62)
      Simulated per day               66.79 ns        304.7 ns  4.56× (4.50 to 4.62)
      Force RMSE, teacher’s frames           –     0.0898 eV/Å  0.0871 to 0.0925
      Force RMSE, student’s frames           –     0.1026 eV/Å  0.0996 to 0.1057
      Energy RMSE, teacher’s frames          –  0.660 meV/atom  0.640 to 0.679
      Energy RMSE, student’s frames          –  0.790 meV/atom  0.766 to 0.813
      Energy drift, meV/atom/ps         0.0067          0.0067  conserved
      Mean temperature                 300.1 K         300.1 K  agrees
      Peak memory                    173.6 MiB       173.6 MiB  1×
      Agreement of MD                        –     ! 1 differs  2 of 4 agree

      · The force call is 5.39× as fast, the whole step 4.56×, because 19 % of the
        student’s step is not the force field. A force field that costs nothing would
        bring the step to 24× at most.
      · A student that conserves its own energy is not thereby accurate: that energy
        need not be the teacher’s.

      silicon-student runs MD of si64 4.56× as fast as silicon-teacher (95 % interval
      4.50 to 4.62; force call alone 5.39×), at a force error of 0.0898 eV/Å RMSE on
      the teacher’s frames and 0.103 eV/Å on its own; it conserves its energy.

      AMD EPYC 7B13 64-Core Processor, 2 of 8 cores · 16 GiB · Node 20.19.2 · ONNX
      Runtime 1.30.0 · native neighbor lists"
    `);
  });

  it('says what two force fields of the same cost are: no faster and no slower, with a sign', () => {
    const text = renderTerminal(inputs.twin);
    expect(text).toMatch(/^Whole step .* ~ 1\.\d+× \(0\.9\d* to 1\.\d+\)$/m);
    expect(text).toMatch(/no faster and no\s+slower than silicon-teacher/);
  });

  it('calls nothing the same whose interval is wide', () => {
    const wide = comparisonInput({ systems: [64], students: ['silicon-twin'] });
    for (const { speedUp } of wide.document.comparison!.comparisons[0]!.ratios)
      Object.assign(speedUp, { value: 4, low: 0.2, high: 79 });
    const text = renderTerminal(wide);
    expect(text).toMatch(/whether silicon-twin\s+runs MD of si64 faster than silicon-teacher was not\s+told/);
    expect(text).not.toMatch(/no\s+faster/);
  });

  it('leaves the runs to their warnings', () => {
    expect(renderTerminal(one)).not.toMatch(/Steps per second|completed/);
    const failed = comparisonInput({ systems: [64], students: ['silicon-student'] });
    failed.document.cases[1]!.status = 'failed';
    failed.document.cases[1]!.failure = {
      stage: 'measure',
      seed: 1,
      step: 413,
      cause: 'explosion',
      message: 'The temperature is 1e9 K.',
      hint: null,
    };
    expect(renderTerminal(failed)).toContain(
      '✗ Stopped at step 413 of the measured stage (seed 1): the system exploded.',
    );
  });

  it('says what is missing and why, and quotes no speed of a part', () => {
    const failed = renderTerminal(inputs['a failed campaign']).replaceAll(/\s+/g, ' ');
    expect(failed).toContain(
      '✗ The paired campaign on si64 failed at the student in pair 3: the worker process crashed.',
    );
    expect(failed).toContain(
      '✗ The examination on si64 failed: no step was finished for too long. Take fewer frames',
    );
    const aborted = renderTerminal(inputs['an aborted campaign']).replaceAll(/\s+/g, ' ');
    expect(aborted).toContain('was stopped. What is shown rests on 2 of 8 process pairs, too few to quote.');
    expect(aborted).toContain('✗ No frames were examined on si64: nothing is known of accuracy');
  });

  it('shows small force errors in meV/Å, and none as a power of ten', () => {
    const input = comparisonInput({ systems: [64], students: ['silicon-twin'] });
    expect(renderTerminal(input)).toMatch(/^Force RMSE, teacher’s frames +– +0\.10\d+ meV\/Å/m);
    expect(renderTerminal(input)).toMatch(/force error of\s+0\.10\d* meV\/Å/);
  });

  it('says up to which size', () => {
    expect(renderTerminal(inputs.many).replaceAll(/\s+/g, ' ')).toContain(
      'silicon-student is faster than silicon-teacher at every size measured (64 to 216 atoms); the models do not cross.',
    );
  });
});
