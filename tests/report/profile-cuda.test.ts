import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/index.js';
import type { CudaProfile } from '../../src/result/cuda-profile.js';
import { hookStages } from '../../src/result/cuda-profile.js';
import { commandProfile, gpuProfile, processOf, untraced } from '../support/synthetic-cuda.js';
import { onnxProfile, profileInput } from '../support/synthetic-profile.js';

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
const failing = hookStages.filter((stage) => stage !== 'ready');

/** The part of CUDA in a terminal wide enough for no word to be cut. */
function told(cuda: CudaProfile, provider: 'cpu' | 'cuda' = 'cpu'): string {
  const input = profileInput([onnxProfile({ cuda })]);
  input.document.cases[0]!.spec.forceField.provider = provider;
  return flat(
    renderTerminal(input, { width: 100 })
      .split('\n\n')
      .find((block) => block.startsWith('CUDA\n'))!,
  );
}

describe('CUDA that was not traced', () => {
  it.each(failing)('is one quiet line where nothing asked for it: %s', (stage) => {
    expect(told(untraced(stage))).toMatch(/^CUDA · CUDA was not traced\. [A-Z][^✗!]*\.$/);
  });

  it.each(failing)('is said loudly, with what to do, where it was asked for: %s', (stage) => {
    const loud = told(untraced(stage, 'kernels'));
    expect(loud).toMatch(/^CUDA ✗ CUDA was not traced\. [A-Z].*\.$/);
    expect(loud.length).toBeGreaterThan(told(untraced(stage)).length + 15);
    expect(loud).toContain('libcuda.so.1 says no');
  });

  it('is said loudly where the force field runs on it, or where a command is traced', () => {
    expect(told(untraced('no-device'), 'cuda')).toContain('✗ CUDA was not traced.');
    const command = renderTerminal(profileInput([commandProfile({ cuda: untraced('no-device') })]));
    expect(command).toContain('✗ CUDA was not traced.');
  });

  it('is not missed where it was switched off', () => {
    expect(told(untraced('no-device', 'off'), 'cuda')).toBe(
      'CUDA · CUDA was not traced: it was switched off (--cuda off).',
    );
    expect(renderTerminal(profileInput([onnxProfile({ cuda: null })]))).not.toContain('CUDA');
  });
});

describe('a trace', () => {
  const of = (change: Parameters<typeof processOf>[0], warnings: CudaProfile['warnings'] = []) =>
    renderTerminal(profileInput([gpuProfile({ processes: [processOf(change)], warnings })]));

  it('that another tool took over is discarded, and says so once', () => {
    const hijacked = { hijacked: true, attributed: 0, attribution: 'none' as const };
    const bare = of(hijacked);
    expect(bare).toMatch(/^✗ Another tool took tracing over in process 4711 \(node\)/m);
    for (const text of [bare, of(hijacked, [{ code: 'trace-clock-taken', values: { pid: 4711 } }])]) {
      expect(text).not.toMatch(/^CUDA kernels$|^Copies and memory$|^CUDA calls$|^Busy and idle device$/m);
      expect(flat(text).match(/nothing of its trace is reported/g)!.length).toBe(1);
      expect(flat(text)).toContain('Another tool took the tracing of CUDA over: nothing of it is reported.');
    }
  });

  it.each([
    [
      { dropped: 1234 },
      '! CUPTI dropped 1234 records of process 4711 (node): counts and totals are too low.',
    ],
    [
      { complete: false },
      '! The trace of process 4711 (node) has no end: what happened last may be missing.',
    ],
  ])('that is not whole says so: %j', (change, sentence) => {
    expect(flat(of(change))).toContain(sentence);
  });

  it('whose reader has said so does not say it again', () => {
    const warnings = [{ code: 'trace-records-dropped', values: { pid: 4711, records: 1234 } }];
    expect(flat(of({ dropped: 1234 }, warnings)).match(/CUPTI dropped/g)!.length).toBe(1);
  });

  it.each([
    [
      'external-correlation',
      9000,
      0,
      'all of 9000 activities belong to a step exactly, by identifiers given to the calls',
    ],
    ['external-correlation', 8999, 1, '8999 of 9000 activities belong to a step exactly'],
    ['nvtx', 8000, 1000, 'by the NVTX ranges in which they were launched; 1000 belong to none.'],
    [
      'force-call',
      8000,
      1000,
      'by the clock that both processes read; 1000 belong to none (launched before the first step or between two).',
    ],
    ['force-call', 9000, 0, 'during which they were launched, by the clock that both processes read.'],
    ['average', 0, 9000, 'no activity could be given to a step; numbers a step are averages over the run'],
    [
      'none',
      0,
      9000,
      'no steps are known, so that there are totals alone (9000 activities, none attributed)',
    ],
    ['none', 0, 0, 'nothing ran on a device'],
  ] as const)(
    'says how it was given to steps: %s, %i of it',
    (attribution, attributed, unattributed, words) => {
      const text = of({ attribution, attributed, unattributed });
      expect(flat(text)).toContain(words);
      expect(text.includes('avg a step')).toBe(attribution === 'average');
    },
  );

  it('of a throttled device says why', () => {
    expect(flat(of({}))).toContain(
      '! NVIDIA H100 80GB HBM3 was held back in 7 of 40 samples: its power limit.',
    );
  });

  it('says what tracing cost, or that nobody knows', () => {
    expect(flat(of({}))).toContain('Tracing kernels, copies and calls made the median step 1.04× as long');
    expect(renderTerminal(profileInput([gpuProfile({ overhead: null })]))).toContain(
      'What tracing costs was not measured.',
    );
  });

  it('of very many processes tells a few', () => {
    const processes = Array.from({ length: 80 }, (_, k) => processOf({ pid: 100 + k, complete: true }));
    const warnings = processes.map(({ pid }) => ({ code: 'trace-incomplete', values: { pid, rest: 0 } }));
    const text = renderTerminal(profileInput([gpuProfile({ processes, warnings })]));
    expect(flat(text)).toContain('70 more processes: in the document');
    expect(flat(text)).toContain('The same is true of 77 more.');
    expect(text.match(/^! The trace of process/gm)!.length).toBe(3);
  });
});
