// Kernels with the columns that Nsight Systems gives them and their shares of a step; copies, calls and marked phases.

import type { CudaCopy, CudaKernel, CudaProfile } from '../../result/cuda-profile.js';
import { count, decimalsOf, fixed, quantity, significantDigits } from '../format.js';
import {
  cudaHeads,
  describeMore,
  directionName,
  kernelNote,
  launchWords,
  microsNote,
  rateWords,
} from '../words/index.js';
import { first, note, type ProfileSection, type ReportTable } from './section.js';

type Column = ReportTable['columns'][number];

export function kernelSection(cuda: CudaProfile, top: number): ProfileSection | null {
  const { kernels } = cuda;
  if (kernels.length === 0) return null;
  const { shown, left } = first(kernels, top);
  return {
    id: 'kernels',
    blocks: [
      { kind: 'table', table: kernelTable(shown, cuda) },
      ...(left.length > 0 ? note(describeMore(left.length, 'kernel'), 'quiet') : []),
      ...note(`${kernelNote} ${microsNote}`, 'quiet'),
    ],
  };
}

const durationColumns: readonly Column[] = [
  { title: cudaHeads.mean, right: true },
  { title: cudaHeads.median, right: true, rank: 2 },
  { title: cudaHeads.min, right: true, rank: 6 },
  { title: cudaHeads.max, right: true, rank: 5 },
  { title: cudaHeads.sd, right: true, rank: 7 },
];

function kernelTable(shown: readonly CudaKernel[], cuda: CudaProfile): ReportTable {
  const all = cuda.kernels;
  const sum = (of: (kernel: CudaKernel) => number) => all.reduce((total, one) => total + of(one), 0);
  const known = all.every(({ shareOfStep }) => shareOfStep !== null);
  const share = (value: number | null) => (value === null ? cudaHeads.nothing : fixed(value, 1));
  return {
    columns: [
      { title: cudaHeads.kernel, name: 'below' },
      { title: cudaHeads.time, right: true },
      { title: cudaHeads.total, right: true },
      { title: cudaHeads.instances, right: true, rank: 3 },
      ...durationColumns,
      { title: cudaHeads.ofStep, right: true, rank: 1 },
      { title: stepHead(cuda), right: true, rank: 4 },
    ],
    rows: [
      ...shown.map((kernel) => [
        kernel.name,
        fixed(kernel.share, 1),
        quantity(kernel.durations.total, 'ms'),
        count(kernel.instances),
        ...durationCells(kernel.durations),
        share(kernel.shareOfStep),
        stepRate(kernel.perStep),
      ]),
      [
        cudaHeads.all(all.length),
        fixed(
          sum((one) => one.share),
          1,
        ),
        quantity(
          sum((one) => one.durations.total),
          'ms',
        ),
        count(sum((one) => one.instances)),
        ...durationColumns.map(() => ''),
        known ? share(sum((one) => one.shareOfStep ?? 0)) : cudaHeads.nothing,
        stepRate(sum((one) => one.perStep)),
      ],
    ],
    summed: true,
    details: { title: cudaHeads.launch, rows: shown.map(launchWords) },
  };
}

export function copySection(cuda: CudaProfile): ProfileSection | null {
  const { copies } = cuda;
  if (copies.length === 0) return null;
  const perStep = ({ bytes, instances, perStep: rate }: CudaCopy) =>
    rate > 0 && instances > 0 ? quantity((bytes / instances) * rate, 'B') : cudaHeads.nothing;
  return {
    id: 'copies',
    blocks: [
      {
        kind: 'table',
        table: {
          columns: [
            { title: cudaHeads.direction },
            { title: cudaHeads.bytes, right: true },
            { title: cudaHeads.instances, right: true },
            { title: stepHead(cuda), right: true, rank: 1 },
            { title: cudaHeads.bytesPerStep, right: true, rank: 2 },
            { title: cudaHeads.total, right: true },
            { title: cudaHeads.mean, right: true, rank: 3 },
            { title: cudaHeads.rate, right: true, rank: 4 },
          ],
          rows: copies.map((copy) => [
            directionName(copy.direction),
            quantity(copy.bytes, 'B'),
            count(copy.instances),
            stepRate(copy.perStep),
            perStep(copy),
            quantity(copy.durations.total, 'ms'),
            micro(copy.durations.mean),
            rateWords(copy.bytes, copy.durations.total),
          ]),
        },
      },
    ],
  };
}

export function callSection(cuda: CudaProfile, top: number): ProfileSection | null {
  const { api } = cuda;
  if (api.length === 0) return null;
  const { shown, left } = first(api, top);
  return {
    id: 'calls',
    blocks: [
      {
        kind: 'table',
        table: {
          columns: [
            { title: cudaHeads.call, name: 'beside' },
            { title: cudaHeads.total, right: true },
            { title: cudaHeads.instances, right: true },
            { title: stepHead(cuda), right: true, rank: 3 },
            ...durationColumns,
          ],
          rows: shown.map(({ name, durations, instances, perStep }) => [
            name,
            quantity(durations.total, 'ms'),
            count(instances),
            stepRate(perStep),
            ...durationCells(durations),
          ]),
        },
      },
      ...(left.length > 0 ? note(describeMore(left.length, 'call'), 'quiet') : []),
      ...note(microsNote, 'quiet'),
    ],
  };
}

/** Of a program that marks phases by NVTX: host time, and the device time that was launched in each. */
export function rangeSection({ phases }: CudaProfile, top: number): ProfileSection | null {
  if (phases.length === 0) return null;
  const { shown, left } = first(phases, top);
  return {
    id: 'ranges',
    blocks: [
      {
        kind: 'table',
        table: {
          columns: [
            { title: cudaHeads.range, name: 'beside' },
            { title: cudaHeads.host, right: true },
            { title: cudaHeads.device, right: true },
            { title: cudaHeads.kernels, right: true, rank: 1 },
          ],
          rows: shown.map(({ name, host, device, kernels }) => [
            name,
            significantDigits(host, 4),
            significantDigits(device, 4),
            significantDigits(kernels, 4),
          ]),
        },
      },
      ...(left.length > 0 ? note(describeMore(left.length, 'range'), 'quiet') : []),
    ],
  };
}

/** µs of ms, four digits and at most three decimals, which is a nanosecond. */
export function micro(ms: number | null): string {
  if (ms === null) return cudaHeads.nothing;
  return fixed(1000 * ms, Math.min(3, decimalsOf(1000 * ms, 4)));
}

/** Averages over the run say so. */
function stepHead({ processes }: CudaProfile): string {
  return processes.some(({ attribution, hijacked }) => attribution === 'average' && !hijacked)
    ? cudaHeads.averagePerStep
    : cudaHeads.perStep;
}

function stepRate(perStep: number): string {
  return perStep > 0 ? significantDigits(perStep, 4) : cudaHeads.nothing;
}

function durationCells({ mean, median, min, max, sd }: CudaKernel['durations']): string[] {
  return [mean, median, min, max, sd].map(micro);
}
