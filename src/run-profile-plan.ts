// Whether CUDA is traced in a profile, for force fields of this process and for those of programs that mdbench starts.

import { MdbenchError } from './errors.js';
import { isExternal, startsProgram } from './forcefield/index.js';
import { injectionBlocked, probeCuda } from './measure/index.js';
import { describeHookState, describeWarning } from './report/index.js';
import type { CudaMode, HookStage, HookState, Warning } from './result/index.js';
import type { CaseSpec } from './spec/index.js';

interface Hook {
  /** What is said where no trace tells how far the hook came. Null: nobody wants it. */
  readonly state: HookState | null;
  /** How much is traced; null: nothing. */
  readonly mode: 'kernels' | 'full' | null;
  readonly warnings: readonly Warning[];
}

export interface Tracing {
  readonly asked: CudaMode;
  /** Of force fields of this process, of programs that mdbench starts, and of those that somebody else does. */
  readonly own: Hook;
  readonly started: Hook;
  readonly foreign: Hook;
}

export function tracingOf({ own, started, foreign }: Tracing, { forceField }: CaseSpec): Hook {
  if (!isExternal(forceField.name)) return own;
  return startsProgram(forceField.name) ? started : foreign;
}

const none: Hook = { state: null, mode: null, warnings: [] };
/** Where a device is not to be used by anybody. */
const noDevice: readonly HookStage[] = [
  'no-hook',
  'driver-library',
  'no-device',
  'driver-init',
  'driver-too-old',
];
/** A program may bring a CUPTI of its own, as wheels of Python do: only it tells how far the hook comes in it. */
const untold: HookState = { available: true, stage: 'ready', code: null, message: '' };

/**
 * `auto` traces force fields that run on CUDA, and other programs wherever there is a device, for what they use is not
 * known before.
 * @throws MdbenchError `cuda-unavailable` where kernels were asked for and cannot be traced
 */
export function planTracing(asked: CudaMode, cases: readonly CaseSpec[]): Tracing {
  const own = cases.filter(({ forceField }) => !isExternal(forceField.name));
  const others = cases.filter((spec) => !own.includes(spec)).map(({ forceField }) => forceField.name);
  const onDevice = own.some(({ forceField }) => /^(cuda|tensorrt)$/.test(forceField.provider));
  const wantsOwn = asked === 'auto' ? onDevice : asked !== 'off' && own.length > 0;
  const wantsOthers = asked !== 'off' && others.length > 0;
  if (!wantsOwn && !wantsOthers) return { asked, own: none, started: none, foreign: none };
  const found = probeCuda().hook;
  return {
    asked,
    own: wantsOwn ? hookHere(asked, found) : none,
    started: others.some(startsProgram) ? hookInProgram(asked, found) : none,
    foreign: wantsOthers && !others.every(startsProgram) ? noHook(asked, found) : none,
  };
}

function hookHere(asked: CudaMode, state: HookState): Hook {
  if (state.available) return { state, mode: modeOf(asked), warnings: [] };
  if (asked !== 'auto') throw unavailable(state);
  return { ...none, state };
}

function hookInProgram(asked: CudaMode, found: HookState): Hook {
  const isHopeless = noDevice.includes(found.stage);
  if (isHopeless && asked === 'auto') return none;
  const blocked = isHopeless ? found : injectionBlocked();
  if (blocked === null) return { state: untold, mode: modeOf(asked), warnings: [] };
  if (asked !== 'auto') throw unavailable(blocked);
  return { ...none, state: blocked };
}

function noHook(asked: CudaMode, state: HookState): Hook {
  const warning = { code: 'client-foreign', values: {} };
  const { text, advice } = describeWarning(warning);
  if (asked !== 'auto') throw new MdbenchError('cuda-unavailable', text, advice ?? undefined);
  return noDevice.includes(state.stage) ? none : { state, mode: null, warnings: [warning] };
}

function modeOf(asked: CudaMode): 'kernels' | 'full' {
  return asked === 'full' ? 'full' : 'kernels';
}

export function unavailable(state: HookState): MdbenchError {
  const { text, advice } = describeHookState(state);
  return new MdbenchError(
    'cuda-unavailable',
    `CUDA kernels cannot be traced here. ${text}`,
    advice ?? undefined,
  );
}
