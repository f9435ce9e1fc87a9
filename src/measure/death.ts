// Why a process ended without an answer, from its exit code, its signal and its last words.

export interface Death {
  readonly cause: 'crash' | 'out-of-memory' | 'killed' | 'no-progress';
  readonly message: string;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote on stderr. */
  readonly errorText: string;
  /** ms that it was silent before it was ended for it; null when it ended by itself. */
  readonly silence: number | null;
}

export function death({ code, signal, errorText, silence }: Ending): Death {
  if (silence !== null) {
    return {
      cause: 'no-progress',
      message: `No sign of life for ${silence / 1000} s; the process was ended.`,
    };
  }
  const ending = signal ? `signal ${signal}` : `exit code ${code}`;
  const words = lastWords(errorText);
  const said = words ? `: ${words}` : '';
  if (/out of memory|bad_alloc|allocation failed/i.test(errorText)) {
    return { cause: 'out-of-memory', message: `The process ran out of memory (${ending})${said}` };
  }
  if (signal === 'SIGKILL') {
    return {
      cause: 'killed',
      message: `The process was killed (${ending}), perhaps for want of memory${said}`,
    };
  }
  return { cause: 'crash', message: `The process died (${ending})${said}` };
}

/** The last line that names an error, else the last line of all. */
function lastWords(errorText: string): string {
  const lines = errorText.split('\n').filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error|fatal|terminate|assert/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
