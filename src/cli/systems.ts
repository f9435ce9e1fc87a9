// mdbench systems: what can be simulated by name.

import type { Command } from 'commander';
import { terminal } from './terminal.js';

export function addSystems(program: Command): Command {
  return program
    .command('systems')
    .description('List the systems that --system knows, with their exact number of atoms.')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const [{ listSystems }, { renderSystems }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      console.log(json ? JSON.stringify(listSystems(), null, 2) : renderSystems(listSystems(), terminal()));
    });
}
