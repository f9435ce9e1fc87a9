import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/index.js';
import { hookStages } from '../../src/result/cuda-profile.js';
import {
  commandProfile,
  cudaOf,
  gpuProfile,
  hostileKernel,
  kernelOf,
  longKernel,
  processOf,
  shared,
  untraced,
} from '../support/synthetic-cuda.js';
import {
  analyticProfile,
  emptyProfile,
  onnxProfile,
  onnxShares,
  operatorsOf,
  phasesOf,
  profileInput,
} from '../support/synthetic-profile.js';

const crash = {
  stage: 'profile',
  seed: 1,
  step: 12,
  cause: 'crash',
  message: 'exit code 139',
  hint: null,
} as const;
const inputs = {
  onnx: profileInput([onnxProfile()]),
  analytic: profileInput([analyticProfile()]),
  gpu: profileInput([gpuProfile()]),
  command: profileInput([commandProfile()]),
  several: profileInput([onnxProfile(), { ...analyticProfile(), caseId: 'si216-sw-nve' }]),
  'what broke off': profileInput([{ ...emptyProfile, caseId: 'a', failure: crash }]),
  nothing: profileInput([{ ...emptyProfile, command: ['true'] }]),
  ...Object.fromEntries(
    hookStages.map((stage) => [stage, profileInput([onnxProfile({ cuda: untraced(stage, 'full') })])]),
  ),
};
const escapes = new RegExp(`${'\u001b'}\\[\\d+m`, 'g');
const widest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
/** The lines of a section, its title apart; a second table stands apart and is indented. */
const section = (text: string, title: string) => {
  const blocks = text.split('\n\n');
  const from = blocks.findIndex((block) => block.startsWith(`${title}\n`));
  const to = blocks.findIndex((block, k) => k > from && !block.startsWith('  '));
  return blocks.slice(from, to).join('\n').split('\n').slice(1);
};
const numbers = (lines: readonly string[], pattern: RegExp) =>
  lines.flatMap((line) => {
    const found = pattern.exec(line);
    return found ? [Number(found[1])] : [];
  });
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe.each(Object.entries(inputs))('a profile in the terminal: %s', (_, input) => {
  it.each([40, 60, 80])('stays within %i columns, in color too', (width) => {
    const plain = renderTerminal(input, { width });
    expect(widest(plain)).toBeLessThanOrEqual(width);
    expect(renderTerminal(input, { width, color: true }).replaceAll(escapes, '')).toBe(plain);
    expect(plain).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });
});

describe('the tables of a profile', () => {
  it.each(['onnx', 'analytic'] as const)('of phases sum to the whole step, which is printed: %s', (name) => {
    const lines = section(renderTerminal(inputs[name]), 'Where a step’s time goes');
    const shares = numbers(lines, /^ {2}\S.*? +(\d+\.\d\d) % /);
    expect(shares.at(-1)).toBe(100);
    expect(sum(shares.slice(0, -1))).toBeCloseTo(100, 6);
    const micros = numbers(lines, /^ {2}\S.*? +\d+\.\d\d % +([\d.]+) /);
    expect(sum(micros.slice(0, -1))).toBeCloseTo(micros.at(-1)!, 2);
    expect(micros.at(-1)).toBe(name === 'onnx' ? 2000 : 31);
    expect(lines.some((line) => line.startsWith('  unattributed '))).toBe(true);
    expect(lines.some((line) => line.startsWith('  feeds '))).toBe(name === 'onnx');
  });

  it('of operators sum to the force call, with what is cut off and what is outside of all nodes', () => {
    for (const top of [3, 10, 50]) {
      const lines = section(renderTerminal(inputs.onnx, { top }), 'Operators');
      const times = numbers(lines, /^ {2}\S.*? +\d+\.\d % +(\d+\.\d{4})/);
      expect(times.length).toBe(Math.min(13, top) + (top < 13 ? 1 : 0) + 2);
      expect(sum(times.slice(0, -1))).toBeCloseTo(times.at(-1)!, 3);
      expect(times.at(-1)).toBe(2);
    }
  });

  it('of nodes have as many rows as --top, ten unless told', () => {
    const rows = (top?: number) =>
      section(
        renderTerminal(inputs.onnx, { width: 100, ...(top ? { top } : {}) }),
        'Nodes of the graph',
      ).filter((line) => line.startsWith('  /interaction'));
    expect(rows().length).toBe(10);
    expect(rows(3).length).toBe(3);
    expect(rows(200).length).toBe(101);
    expect(flat(renderTerminal(inputs.onnx, { top: 3 }))).toContain('98 more nodes: in the document');
  });

  it('of kernels have the columns of Nsight, the share of a step and the launch, in 80 columns', () => {
    const lines = section(renderTerminal(inputs.gpu), 'CUDA kernels');
    expect(lines[0]!.trim().split(/ {2,}/)).toEqual([
      'time %',
      'total',
      'instances',
      'avg µs',
      'med',
      'min',
      'max',
      'sd',
      'step %',
      'a step',
    ]);
    expect(lines[1]!.trim().split(/ {2,}/)).toEqual([
      '72.7',
      '800 ms',
      '4000',
      '200.0',
      '196.0',
      '180.0',
      '280.0',
      '10.00',
      '40.0',
      '4',
    ]);
    expect(lines[2]).toMatch(/^ {4}void cutlass::device_kernel<cutlass.+….+float>>\(cutlass::Params\)$/);
    expect(flat(lines.slice(3, 5).join(' '))).toContain(
      'grid 64×1×1, block 128×1×1 · 96 registers · shared 0 B + 16 KiB dynamic · 2 other launch configurations',
    );
    const shares = numbers(lines, /^ +(\d+\.\d) +[\d. ]+ ms /);
    expect(sum(shares.slice(0, -1))).toBeCloseTo(100, 6);
    expect(shares.at(-1)).toBe(100);
  });
});

describe('the sentence of a profile', () => {
  const sentence = (input: (typeof inputs)['onnx']) => flat(renderTerminal(input).split('\n\n')[1]!);

  it('says what a step is made of', () => {
    expect(sentence(inputs.onnx)).toBe(
      '94 % of a step is the force call; of that 61 % is MatMul. Neighbor list, feeds, outputs, integrator and bookkeeping cost 3.5 %. Garbage collection takes 1.3 % and 1.3 % belongs to no phase.',
    );
    expect(sentence(inputs.analytic)).toMatch(
      /^82 % of a step is the force call\. Neighbor list, integrator and bookkeeping cost 16 %\./,
    );
  });

  it('takes the share of the operators where profiling has cost much of the call', () => {
    const operators = operatorsOf({ covered: 61 / 0.8 });
    expect(sentence(profileInput([onnxProfile({ operators })]))).toContain(
      'is the force call; of its operators’ time 80 % is MatMul.',
    );
  });

  it('names another phase where that is the longest', () => {
    const shares = { ...onnxShares, neighbors: 60, forces: 35 };
    expect(sentence(profileInput([onnxProfile({ phases: phasesOf(shares, 2) })]))).toMatch(
      /^60 % of a step is the neighbor list, 35 % the force call; of that 61 % is MatMul\. Feeds, outputs, integrator and bookkeeping cost 2\.5 %\./,
    );
  });

  it('says what a device does, and whether that is an average', () => {
    expect(sentence(inputs.gpu)).toMatch(
      /11 kernels a step keep the device busy for 0\.8 ms; it is idle 60 % of the time\. 73 % of the kernels’ time is cutlass::/,
    );
    expect(sentence(inputs.gpu)).not.toContain('MatMul');
    expect(sentence(inputs.command)).toMatch(/^5 kernels a step on average keep the device busy/);
    const totals = { gaps: null, steps: 0, kernels: shared([{ ...kernelOf('f', 300, 0.5), perStep: 0 }]) };
    const none = processOf({ attribution: 'none', attributed: 0, unattributed: 300 });
    expect(sentence(profileInput([commandProfile({ cuda: cudaOf({ ...totals, processes: [none] }) })]))).toBe(
      '300 kernels (150 ms in all). 100 % of the kernels’ time is f.',
    );
  });

  it('says that there is none', () => {
    expect(sentence(inputs['what broke off'])).toBe('The profile broke off before it had anything to show.');
    expect(sentence(inputs.nothing)).toBe('There is nothing to show.');
    expect(renderTerminal(inputs['what broke off'])).toContain(
      '✗ Stopped at step 12 of the profiling pass (seed 1): the worker process crashed.',
    );
  });
});

describe('what a reader has to know', () => {
  it('is why there is no table of phases', () => {
    const phases = {
      ...phasesOf(onnxShares, 2),
      rows: [],
      slowdown: { ratio: 1.31, spread: null },
      warnings: [{ code: 'parts-exceed-whole', values: { parts: 2.62, whole: 2, excess: 31 } }],
    };
    const text = renderTerminal(profileInput([onnxProfile({ phases })]));
    expect(flat(text)).toContain(
      '! No table of phases: the parts of a profiled step take 2.62 ms, 31 % more than the whole of a plain step (2 ms), so that they say nothing of it.',
    );
    expect(flat(text)).toContain('takes 1.31× the plain one');
    expect(flat(text)).toContain('is not told: the profiling pass took 1.31× the plain step.');
    expect(text).not.toMatch(/^ {2}(integrator|whole step) /m);
  });

  it('is a large share that belongs to no phase', () => {
    const phases = {
      ...phasesOf({ ...onnxShares, forces: 88, unattributed: 7.25 }, 2),
      warnings: [{ code: 'unattributed-large', values: { share: 7.25 } }],
    };
    const text = flat(renderTerminal(profileInput([onnxProfile({ phases })])));
    expect(text).toContain('! 7.25 % of a step belongs to no phase.');
    expect(text).toContain('7.3 % belongs to no phase.');
  });

  it('is that times of nodes are those of launches', () => {
    const text = renderTerminal(inputs.gpu);
    expect(flat(text)).toContain('These are host launch times:');
    expect(text.match(/host launch, ms a call/g)!.length).toBe(2);
    expect(renderTerminal(inputs.onnx)).not.toContain('host launch');
  });

  it('is what was not counted, and why, once a reason', () => {
    expect(flat(renderTerminal(inputs.onnx))).toContain(
      '· Cycles, Instructions, Misses of the last cache: unavailable: the processor offers no such counter here (ENOENT).',
    );
    const analytic = flat(renderTerminal(inputs.analytic));
    expect(analytic).toContain('2.5 instructions a cycle');
    expect(analytic).toContain('package-0 31.5 J (31.5 mJ a step)');
  });

  it('does not obey control characters in a kernel’s name', () => {
    const bell = profileInput([gpuProfile({ kernels: shared([kernelOf('\u001b[2Jk\u0007', 2, 1)]) })]);
    const text = renderTerminal(bell);
    expect([text.includes('\u001b'), text.includes('\u0007')]).toEqual([false, false]);
    expect(renderTerminal(inputs.gpu)).toContain(hostileKernel.slice(0, 20));
    expect(renderTerminal(inputs.gpu)).not.toContain(longKernel);
  });

  it('is the time of every spike by its cause', () => {
    const lines = section(renderTerminal(inputs.onnx, { top: 4 }), 'Latency spikes');
    expect(flat(lines.slice(0, 2).join(' '))).toBe(
      '12 of 940 steps of the profiling pass took more than 2.5 ms (median 2 ms): together 41.8 ms beyond the median, 2.2 % of the time.',
    );
    expect(lines.find((line) => line.includes('rebuilt'))!.trim()).toMatch(
      /^neighbor list rebuilt +4 +4\.4 ms +10\.5 %$/,
    );
    expect(numbers(lines, /^ +(\d+) +[\d.]+ ms +[\d.]+× /)).toEqual([512, 333, 201, 401]);
  });
});

it('operators alone are told where the phases are not', () => {
  const alone = profileInput([onnxProfile({ phases: null, operators: operatorsOf({ hotSpots: [] }) })]);
  expect(flat(renderTerminal(alone))).toContain('61 % of a force call is MatMul.');
});

describe('threads', () => {
  const { counters } = onnxProfile();
  const idle = { id: 4720, name: 'v8', time: 0, voluntarySwitches: 0, involuntarySwitches: 0 };
  const shown = (threads: readonly (typeof idle)[]) =>
    flat(
      renderTerminal(
        profileInput([
          onnxProfile({ counters: { ...counters!, threads: [...counters!.threads, ...threads] } }),
        ]),
      ),
    );

  it('that did nothing have no row, and are counted', () => {
    expect(shown([idle, { ...idle, id: 4721 }])).toContain('2 other threads did nothing.');
    expect(shown([idle])).not.toContain('4720');
    expect(shown([])).not.toContain('did nothing');
  });
});
