// Ctrl-C and SIGTERM: the first asks for what was measured so far, the second ends at once.

/** Listens until released. `exitCode` is null while nothing has come. */
export function abortOnSignals(): {
  readonly signal: AbortSignal;
  exitCode(): number | null;
  release(): void;
} {
  const controller = new AbortController();
  let code: number | null = null;
  const listeners = (
    [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const
  ).map(([name, exit]) => {
    const listener = () => {
      if (code !== null) process.exit(exit);
      code = exit;
      console.error(
        '\nmdbench: stopping after this step; what was measured is written. Once more ends at once.',
      );
      controller.abort();
    };
    process.on(name, listener);
    return () => process.off(name, listener);
  });
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      for (const off of listeners) off();
    },
  };
}
