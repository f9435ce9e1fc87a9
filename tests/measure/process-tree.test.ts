import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { treeUsage } from '../../src/measure/process-tree.js';

const worker = `
const end = Date.now() + Number(process.argv[1]);
const held = Buffer.alloc(40e6, 1);
let x = 0;
while (Date.now() < end) x += Math.sqrt(x + held[0]);
console.log('done');
setInterval(() => {}, 1000);
`;

describe.skipIf(process.platform !== 'linux')('a tree of processes', () => {
  it('counts what a shell has started, in this session and below, with memory and processor time', async () => {
    const node = `"${process.execPath}" -e "$1"`;
    const shell = spawn('/bin/sh', ['-c', `${node} 300 & ${node} 300; wait`, 'sh', worker], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    await new Promise<void>((resolve) => {
      shell.stdout.on('data', (text) => {
        said += text;
        if (said.split('done').length === 3) resolve();
      });
    });
    const usage = treeUsage(shell.pid as number, { isGuardian: true });
    process.kill(-(shell.pid as number), 'SIGKILL');
    expect(usage?.processes).toBe(2);
    expect(usage?.memory).toBeGreaterThan(80e6);
    expect(usage?.cpuTime).toBeGreaterThan(50);
  });

  it('is nothing where there is none', () => {
    expect(treeUsage(2 ** 22 - 1, { isGuardian: true })).toBeNull();
  });
});
