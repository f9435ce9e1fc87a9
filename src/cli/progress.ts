// Progress on stderr: one live line on a terminal, a heartbeat every ten seconds elsewhere.

import type { CaseResult, RunOptions } from '../index.js';

type Progress = Parameters<NonNullable<RunOptions['onProgress']>>[0];

/** ms between two lines. */
const heartbeat = 10_000;

export interface ProgressLine {
  show(progress: Progress): void;
  caseDone(result: CaseResult): void;
  end(): void;
}

export function createProgressLine({ quiet }: { readonly quiet: boolean }): ProgressLine {
  if (quiet) return { show() {}, caseDone() {}, end() {} };
  const live = process.stderr.isTTY === true;
  let spoken: number | null = null;

  function clear(): void {
    if (live) process.stderr.write('\r\x1b[K');
  }

  return {
    show(progress) {
      const text = progressText(progress);
      if (live) process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      else {
        spoken ??= progress.clock;
        if (progress.clock - spoken < heartbeat) return;
        spoken = progress.clock;
        console.error(text);
      }
    },
    caseDone(result) {
      clear();
      console.error(`${result.id}: ${result.status}`);
    },
    end: clear,
  };
}

/** What changes comes first, so that a narrow terminal cuts off the name of the case and nothing else. */
function progressText(progress: Progress): string {
  const { caseIndex, caseCount, caseId, seed, stage, step, steps, elapsed, temperature, drift } = progress;
  const rate = (1000 * step) / Math.max(elapsed, 1e-6);
  const parts = [
    `${stage} ${step}/${steps}`,
    `${rate >= 100 ? rate.toFixed(0) : rate.toPrecision(2)} steps/s`,
    `${clockText((steps - step) / rate)} left`,
    `${temperature.toFixed(0)} K`,
  ];
  if (drift !== null) parts.push(`drift ${drift.toPrecision(2)} meV/atom`);
  parts.push(`${caseCount > 1 ? `${caseIndex + 1}/${caseCount} ` : ''}${caseId} seed ${seed}`);
  return parts.join('  ');
}

function clockText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
