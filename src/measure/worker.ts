// The program of a worker process: takes one request from its parent over IPC, has it served, and ends.
// Signals are the parent's business from the first moment on: it asks for what was measured so far.

import type { Reply, Request } from './protocol.js';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(1));

let aborted = false;
let isBusy = false;

process.on('message', async (request: Request) => {
  if (request.type === 'abort') {
    aborted = true;
    return;
  }
  // What else comes are answers to force fields that asked for their client.
  if (isBusy) return;
  isBusy = true;
  const [{ serve }, { borrowFromParent, returnClients }] = await Promise.all([
    import('./service.js'),
    import('../forcefield/index.js'),
  ]);
  borrowFromParent();
  const answer = await serve(request, { send, isAborted: () => aborted });
  await returnClients();
  send(answer, () => process.exit(0));
});
send({ type: 'ready' });

function send(reply: Reply, sent?: () => void): void {
  process.send?.(reply, undefined, undefined, sent);
}
