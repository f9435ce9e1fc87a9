// What a machine can measure, finding by finding.

import { quantity, significantDigits } from '../format.js';
import type { FindingLike, FindingWords, Sentence } from './finding.js';
import { profilingSentences } from './profiling.js';

const sentences: Record<string, Sentence> = {
  clock: ({ resolution, cost }, state) => ({
    subject: 'Clock',
    text: `Steps of ${microseconds(resolution)}, ${microseconds(cost)} a reading.${state === 'ok' ? '' : ' Reading it costs too much to time single force calls of small systems.'}`,
  }),
  backend: ({ reason }, state) => ({
    subject: 'Neighbor lists',
    text:
      state === 'ok'
        ? 'Built by the native addon.'
        : `Built by the TypeScript reference: correct, but slower. ${sentence(reason ?? 'The native addon was not built.')}`,
  }),
  onnxruntime: ({ version, providers }) => ({
    subject: 'ONNX Runtime',
    text: `Version ${version}, providers: ${providers}.`,
  }),
  cuda: ({ driver, provider }, state) => ({
    subject: 'CUDA',
    text:
      state === 'ok'
        ? 'A driver and the CUDA provider of ONNX Runtime are there.'
        : `Not available: ${[driver ? '' : 'no NVIDIA driver was found', provider ? '' : 'ONNX Runtime was installed without its CUDA provider'].filter(Boolean).join(', and ')}.`,
  }),
  memory: ({ pss, total }) => ({
    subject: 'Memory',
    text: `${typeof total === 'number' ? quantity(total, 'B') : 'Unknown size'}. ${pss ? 'Resident and proportional set are measured.' : 'The proportional set cannot be read here; the resident set is measured.'}`,
  }),
  load: ({ load, cores }, state) => ({
    subject: 'Load',
    text:
      load === null || load === undefined
        ? 'The load average cannot be read here.'
        : `${significantDigits(Number(load), 2)} on ${cores} usable cores.${state === 'ok' ? '' : ' Other work disturbs the times: wait, or expect wide intervals.'}`,
  }),
  'cpu-frequency': ({ governor, virtual }, state) => ({
    subject: 'CPU frequency',
    text: [
      governor === null || governor === undefined
        ? 'The governor cannot be read: the clock may change during a run.'
        : `Governor ${governor}.${state === 'ok' ? '' : ' The clock may change during a run; "performance" keeps it steady.'}`,
      virtual ? 'This is a virtual machine: neighbors on the host may disturb.' : '',
    ]
      .filter(Boolean)
      .join(' '),
  }),
  ...profilingSentences,
};

/** The ids that have a sentence. */
export const findingIds: readonly string[] = Object.keys(sentences);

export function describeFinding(finding: FindingLike): FindingWords {
  const words = Object.hasOwn(sentences, finding.id) ? sentences[finding.id] : undefined;
  if (words) return words(finding.values, finding.state);
  const details = Object.entries(finding.values).map(([name, value]) => `${name} ${value}`);
  return { subject: finding.id, text: details.join(', ') };
}

function microseconds(value: unknown): string {
  return typeof value === 'number' ? `${significantDigits(value, 2)} µs` : 'unknown length';
}

function sentence(text: unknown): string {
  const given = String(text);
  const words = given.charAt(0).toUpperCase() + given.slice(1);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
