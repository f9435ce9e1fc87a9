// mdbench doctor: what this machine can measure and what not, and why.

import type { Command } from 'commander';
import { terminal } from './terminal.js';

export function addDoctor(program: Command): Command {
  return program
    .command('doctor')
    .description('Say what this machine can measure and what not, and why.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ examineMachine }, { renderDoctor }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      const examination = examineMachine();
      console.log(json ? JSON.stringify(examination, null, 2) : renderDoctor(examination, terminal()));
    });
}
