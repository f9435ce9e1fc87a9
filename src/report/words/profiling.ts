// What `mdbench profile` can see on a machine, finding by finding, for the doctor.

import { type HookStage, hookStages } from '../../result/cuda-profile.js';
import type { FindingLike, Sentence } from './finding.js';
import { describeHookState } from './hook-stages.js';
import { describeReason } from './unavailable.js';

type Values = FindingLike['values'];

const always = 'Processor time, context switches and page faults are counted.';

export const profilingSentences: Record<string, Sentence> = {
  counters: ({ counted, missing, reason, userSpace, paranoid, virtual }, state) => ({
    subject: 'Counters',
    text:
      state === 'ok'
        ? `The processor counts ${spaced(counted)}.`
        : joined(
            counted
              ? `The processor counts ${spaced(counted)}${userSpace ? ', in user space alone' : ''}.`
              : always,
            missing ? `Unavailable: ${spaced(missing)}: ${why(reason)}` : '',
            virtual ? 'This is a virtual machine.' : '',
            permits(reason, userSpace) && typeof paranoid === 'number'
              ? `kernel.perf_event_paranoid is ${paranoid}.`
              : '',
            missing ? advice(reason) : userSpace ? advice('user-space') : '',
          ),
  }),
  threads: ({ living, exact, scope }, state) => ({
    subject: 'Threads',
    text:
      state === 'unavailable'
        ? 'The processor time of single threads is unavailable: only Linux tells it.'
        : joined(
            `Processor time and switches of each thread are told (${living} now).`,
            exact ? '' : 'Their times come in steps of 10 ms.',
            scope === 'thread'
              ? ''
              : 'Switches in a step are those of the whole process, because the native part is not used.',
          ),
  }),
  energy: ({ domains, reason }, state) => ({
    subject: 'Energy',
    text:
      state === 'ok'
        ? `The energy of the processor is measured by RAPL: ${domains}.`
        : joined(`Unavailable: ${why(reason)}`, advice(reason)),
  }),
  'cuda-hook': (values, state) => {
    const words = describeHookState(hookState(values));
    const open =
      state === 'ok' ? 'Whether other profilers or the driver forbid it shows when a trace begins.' : '';
    return { subject: 'Kernel tracing', text: joined(words.text, words.advice ?? '', open) };
  },
  'hook-library': ({ built, taken }, state) => ({
    subject: 'Hook library',
    text: built
      ? joined(
          'The library that traces other programs is built.',
          state === 'ok'
            ? ''
            : `${taken || 'CUDA_INJECTION64_PATH'} is set: another tool is injected. Unset it.`,
        )
      : 'The library that traces other programs is not built. On Linux, npm run build builds it where a C compiler is.',
  }),
  nvml: ({ devices, reason }, state) => ({
    subject: 'NVML',
    text:
      state === 'ok'
        ? `Clocks, power, temperature and memory are sampled: ${devices}.`
        : joined(`Unavailable: ${why(reason)}`, advice(reason)),
  }),
};

function hookState({ stage, code, message }: Values) {
  const known = hookStages.find((name) => name === stage) ?? ('no-hook' satisfies HookStage);
  return { stage: known, code: typeof code === 'number' ? code : null, message: String(message ?? '') };
}

function permits(reason: Values[string], userSpace: Values[string]): boolean {
  return userSpace === true || String(reason).startsWith('not-permitted');
}

function why(reason: Values[string]): string {
  return `${reason === null || reason === undefined ? 'the system does not say why' : describeReason(String(reason)).why}.`;
}

function advice(reason: Values[string]): string {
  return (typeof reason === 'string' && describeReason(reason).advice) || '';
}

function spaced(ids: Values[string]): string {
  return String(ids).replaceAll('-', ' ');
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter(Boolean).join(' ');
}
