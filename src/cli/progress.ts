// Progress on stderr: one live line on a terminal, a heartbeat every ten seconds elsewhere.

import type { AwaitedClient, CaseResult, FlowStage, PairProgress, RunProgress } from '../index.js';
import { awaitedText, comparisonText, pairText, progressText, stageText } from './progress-text.js';

/** ms between two lines. */
const heartbeat = 10_000;

export interface ProgressLine {
  /** A step of a case. */
  show(progress: RunProgress): void;
  /** A segment of a paired campaign: by how much the candidate is slower. */
  showPairs(progress: PairProgress): void;
  /** The same of a comparison: how many times as fast the candidate is. */
  showComparison(progress: PairProgress): void;
  /** Something that tells nothing until it is over. */
  begin(stage: FlowStage): void;
  caseDone(result: CaseResult): void;
  /** A client that has to be started now. */
  awaited(client: AwaitedClient): void;
  /** What stays on the screen. */
  note(text: string): void;
  end(): void;
}

const silent: ProgressLine = {
  show() {},
  showPairs() {},
  showComparison() {},
  begin() {},
  caseDone() {},
  awaited() {},
  note() {},
  end() {},
};

export function createProgressLine({ quiet }: { readonly quiet: boolean }): ProgressLine {
  if (quiet) return silent;
  const live = process.stderr.isTTY === true;
  let spoken: number | null = null;
  let latest: string | null = null;
  let silence = 0;
  let pulse: NodeJS.Timeout | undefined;

  function clear(): void {
    if (live) process.stderr.write('\r\x1b[K');
  }

  function say(text: string): void {
    silence = 0;
    if (live) process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    else console.error(text);
  }

  function tell(text: string, clock: number): void {
    pulse ??= setInterval(beat, 1000).unref();
    latest = text;
    if (!live) {
      spoken ??= clock;
      if (clock - spoken < heartbeat) return;
      spoken = clock;
    }
    say(text);
  }

  /** For stages without news: the heartbeat goes on with what was said last. */
  function beat(): void {
    silence += 1000;
    if (live || silence < heartbeat || latest === null) return;
    spoken = null;
    say(latest);
  }

  return {
    show: (progress) => tell(progressText(progress), progress.clock),
    showPairs: (progress) => tell(pairText(progress), progress.clock),
    showComparison: (progress) => tell(comparisonText(progress), progress.clock),
    begin(stage) {
      pulse ??= setInterval(beat, 1000).unref();
      latest = stageText(stage);
      if (live) say(latest);
    },
    caseDone(result) {
      clear();
      console.error(`${result.id}: ${result.status}`);
    },
    awaited(client) {
      clear();
      console.error(awaitedText(client));
    },
    note(text) {
      clear();
      console.error(text);
    },
    end() {
      clearInterval(pulse);
      latest = null;
      clear();
    },
  };
}
