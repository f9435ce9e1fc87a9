// mdbench inspect: what a model file is and how it would be bound, without running it in dynamics.

import type { Command } from 'commander';
import { terminal } from './terminal.js';

export function addInspect(program: Command): Command {
  return program
    .command('inspect')
    .description(
      'Show inputs, outputs, binding, operators, precision and assumptions of an .onnx force field.',
    )
    .argument('<file>', 'an .onnx file')
    .option('--json', 'as JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const [{ inspectForceField }, { renderInspection }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      const inspection = await inspectForceField(file);
      console.log(json ? JSON.stringify(inspection, null, 2) : renderInspection(inspection, terminal()));
      if (inspection.refusal ?? inspection.sessionRefusal) process.exitCode = 2;
    });
}
