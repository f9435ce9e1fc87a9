import type { HookState } from '../../result/cuda-profile.js';
export function describeHookState(state: HookState): { text: string; advice: string } {
  return { text: `${state.stage}: ${state.message}.`, advice: 'See mdbench doctor.' };
}
