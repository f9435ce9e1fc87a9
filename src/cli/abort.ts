// Ctrl-C and SIGTERM: the first asks for what was measured so far, a second ends at once. One request may arrive
// twice (`timeout` signals its child and then the group; npx hands on what the terminal already sent), so that a
// repetition within a second still is the first.

const sameRequest = 1000;

/** Listens until released. `exitCode` is null while nothing has come. */
export function abortOnSignals(): {
  readonly signal: AbortSignal;
  exitCode(): number | null;
  release(): void;
} {
  const controller = new AbortController();
  let code: number | null = null;
  let again = false;
  const listeners = (
    [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const
  ).map(([name, exit]) => {
    const listener = () => {
      if (again) process.exit(exit);
      if (code !== null) return;
      code = exit;
      setTimeout(() => {
        again = true;
      }, sameRequest).unref();
      console.error(
        '\nmdbench: stopping after this step; what was measured is written.\n         Once more ends at once.',
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
