// How far the CUDA hook would come on this machine, found out in a process of its own: loading the driver changes one.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type HookState, hookStages } from '../result/index.js';

/** ms that the driver may take to start; an idle device takes some seconds. */
const patience = 60_000;

// The same from src/ and from dist/.
const addonFile = fileURLToPath(new URL('../../native/build/mdbench.node', import.meta.url));
const script = 'process.stdout.write(JSON.stringify(require(process.argv[1]).hookProbe()))';

export function probeHook(): HookState {
  if (!existsSync(addonFile)) return declined('the native part is not built');
  const { stdout, status, signal, error } = spawnSync(process.execPath, ['-e', script, addonFile], {
    encoding: 'utf8',
    timeout: patience,
  });
  try {
    const [stage, code, message] = JSON.parse(stdout) as [number, number, string];
    return { available: stage === 0, stage: hookStages[stage] ?? 'no-hook', code: code || null, message };
  } catch {
    return declined(`the probe ended with ${error?.message ?? signal ?? `exit code ${status}`}`);
  }
}

function declined(message: string): HookState {
  return { available: false, stage: 'no-hook', code: null, message };
}
