// The program of a worker process: takes one request from its parent over IPC, has it served, and ends.
// Signals are the parent's business from the first moment on: it asks for what was measured so far.

import type { Reply, Request } from './protocol.js';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(1));

let aborted = false;

process.on('message', async (request: Request) => {
  if (request.type === 'abort') {
    aborted = true;
    return;
  }
  const { serve } = await import('./service.js');
  const answer = await serve(request, { send, isAborted: () => aborted });
  send(answer, () => process.exit(0));
});
send({ type: 'ready' });

function send(reply: Reply, sent?: () => void): void {
  process.send?.(reply, undefined, undefined, sent);
}
