import { describe, expect, it } from 'vitest';
import { inspectForceField } from '../../src/forcefield/index.js';
import { examineMachine } from '../../src/measure/index.js';
import { headline } from '../../src/report/headline.js';
import { renderDoctor, renderInspection, renderSystems, renderTerminal } from '../../src/report/index.js';
import { listSystems } from '../../src/system/index.js';
import { sampleInput } from '../support/sample-document.js';

const failure = {
  stage: 'measure',
  seed: 1,
  step: 413,
  cause: 'explosion',
  message: `The temperature of step 413 is 1e9 K; ${'x'.repeat(120)}`,
  hint: null,
} as const;
const inputs = {
  plain: sampleInput([{ steps: 500 }]),
  grid: sampleInput([
    {
      id: 'a',
      steps: 200,
      seeds: 8,
      title: 'A force field with a name that is much longer than any line of a terminal should be',
    },
    { id: 'b', steps: 412, failure, status: 'failed' },
    { id: 'c', status: 'pending' },
  ]),
  aborted: sampleInput([{ steps: 40, status: 'aborted' }], { status: 'aborted' }),
};
const escapeCode = '\u001b';
const lineLengths = (text: string) =>
  text.split('\n').map((line) => [...line.replaceAll(new RegExp(`${escapeCode}\\[\\d+m`, 'g'), '')].length);

describe.each(Object.entries(inputs))('the terminal shows %s', (_, input) => {
  it.each([40, 60, 80])('in %i columns, with color and without', (width) => {
    for (const color of [false, true]) {
      expect(Math.max(...lineLengths(renderTerminal(input, { width, color })))).toBeLessThanOrEqual(width);
    }
  });

  it('with the same text in color, and no escapeCode without', () => {
    const [plain, colored] = [false, true].map((color) => renderTerminal(input, { color }));
    expect(plain).not.toContain(escapeCode);
    expect(colored!.replaceAll(new RegExp(`${escapeCode}\\[\\d+m`, 'g'), '')).toBe(plain);
    expect(plain).not.toContain('\u202f');
  });
});

describe('the terminal', () => {
  it('says the state, the numbers with intervals, the verdict and the files', () => {
    const text = renderTerminal(inputs.plain, { files: { json: '/a/result.json', html: '/a/report.html' } });
    expect(text.split('\n')[0]).toMatch(/^Silicon student on si64 +✓ completed$/);
    expect(text).toMatch(/Steps per second +[\d.]+ +steps\/s +[\d.]+ to [\d.]+/);
    expect(text).toMatch(/Energy drift +[−\d.]+ +meV\/atom\/ps +[−\d.]+ to [−\d.]+ +[−\d.]+ K\/ps/);
    expect(text).toMatch(/^[✓?!✗] Energy drift, /m);
    expect(text.endsWith('\n/a/result.json\n/a/report.html')).toBe(true);
  });

  it('has every interval and region in 80 columns, whole numbers in fewer, and the asked temperature', () => {
    const input = sampleInput([{ steps: 500, drift: -900, forceCall: 60_000 }]);
    const at = (width: number) => renderTerminal(input, { width }).replaceAll('\n', ' ').replace(/ +/g, ' ');
    const { metrics } = input.document.cases[0]!;
    const rows = headline(input.document.cases[0]!);
    for (const row of rows) {
      const value = `${row.value} ${row.unit}`.replaceAll('\u202f', ' ');
      expect(at(80)).toContain([row.title, value, row.interval].filter(Boolean).join(' '));
      for (const width of [40, 50, 60, 70]) expect(at(width)).toMatch(new RegExp(`${row.title}:? ${value}`));
    }
    expect(at(80)).toMatch(/Step time, median [\d.]+ s [\d.]+ to [\d.]+ whole step/);
    expect(at(80)).toMatch(/Force call, median [\d.]+ s [\d.]+ to [\d.]+ force call/);
    expect(at(80)).toMatch(/Mean temperature [\d.]+ K [\d.]+ to [\d.]+ asked 300 K/);
    expect(at(60)).not.toContain('…');
    expect(metrics['energy-drift']!.value).toBeLessThan(-800);
  });

  it('counts the states of a grid and tells where a case stopped', () => {
    const text = renderTerminal(inputs.grid);
    expect(text).toContain('1 completed, 1 failed, 1 not run');
    expect(text).toContain('✗ Stopped at step 413 of the measured stage (seed 1): the system exploded.');
    expect(renderTerminal(inputs.aborted)).toMatch(/^! This run was aborted/);
  });

  it('does not obey control characters in a name', () => {
    const text = renderTerminal(sampleInput([{ steps: 40, title: `${escapeCode}[31mred${escapeCode}[2J` }]));
    expect(text).not.toContain(escapeCode);
  });
});

describe('the other verbs', () => {
  it('list every system on a line of its own', () => {
    const lines = renderSystems(listSystems()).split('\n');
    expect(lines.length).toBe(listSystems().length + 1);
    for (const { name } of listSystems())
      expect(lines.some((line) => line.startsWith(`${name} `))).toBe(true);
    expect(Math.max(...lineLengths(lines.join('\n')))).toBeLessThanOrEqual(100);
  });

  it.each([40, 60, 80])('stay within %i columns', async (width) => {
    const systems = renderSystems(listSystems(), { width });
    const inspection = await inspectForceField('benchmarks/models/silicon-student.onnx');
    for (const text of [
      systems,
      renderInspection(inspection, { width }),
      renderDoctor(examineMachine(), { width }),
    ])
      expect(Math.max(...lineLengths(text))).toBeLessThanOrEqual(width);
    for (const { name } of listSystems()) expect(systems).toContain(`${name} `);
  });

  it('say what this machine can measure, in 80 columns', () => {
    const text = renderDoctor(examineMachine());
    expect(text).toMatch(/^[✓!–] Clock /m);
    expect(Math.max(...lineLengths(text))).toBeLessThanOrEqual(80);
  });

  it('show how a shipped model is bound', async () => {
    const text = renderInspection(await inspectForceField('benchmarks/models/silicon-student.onnx'));
    expect(text).toMatch(/^out +\S+ +float\d+\[.*\] +forces +\w+$/m);
    expect(text).toMatch(/^constants +\d[\d ]* elements in the initializers of the file$/m);
    expect(text).toContain('✓ It loads');
    expect(text).not.toMatch(/undefined|\[object/);
  });
});
