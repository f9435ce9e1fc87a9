// The link to a worker: what it says unasked is bounded.

import { describe, expect, it } from 'vitest';
import { openLink } from '../../src/measure/worker-link.js';

const writes = (script: string) => openLink([process.execPath, '-e', script], undefined, false);

describe('a worker that nobody asks', () => {
  it.concurrent.for([
    ['lines without end', "'{}\\n'"],
    ['few lines, each of megabytes', "'x'.repeat(4e6) + '\\n'"],
    ['one line without end', "'x'.repeat(1e6)"],
  ])('and writes %s is ended', async ([, text], { expect }) => {
    const link = writes(`(function more() { process.stdout.write(${text}, more); })()`);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    expect(link.unasked()).toBeNull();
    expect(await link.next(5000)).toMatchObject({
      cause: 'protocol',
      message: expect.stringMatching(/nobody asked for|no end/),
    });
    await link.end(false);
  });

  it('may be a few lines ahead', async () => {
    const link = writes('for (let k = 0; k < 50; k++) console.log(k); setTimeout(() => {}, 60000)');
    expect(await link.next(5000)).toBe('0');
    expect(await link.next(5000)).toBe('1');
    await link.end(false);
  });
});
