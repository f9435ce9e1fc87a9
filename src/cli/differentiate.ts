// mdbench differentiate: a model with its forces, as a plain ONNX file for any runtime.

import { type Command, Option } from 'commander';
import type { ForceFieldSpec } from '../spec/index.js';
import { terminal } from './terminal.js';

interface Flags {
  readonly output: string;
  readonly stress?: boolean;
  readonly precision?: NonNullable<ForceFieldSpec['precision']>;
  readonly repair: boolean;
}

export function addDifferentiate(program: Command): Command {
  return program
    .command('differentiate')
    .description(
      'Add the forces −∂E/∂positions to an .onnx force field that gives an energy: a plain ONNX file that any runtime runs.',
    )
    .argument('<file>', 'an .onnx file; it is not changed')
    .requiredOption('-o, --output <file>', 'the file to write')
    .option('--stress', 'add the stress too')
    .addOption(
      new Option(
        '--precision <type>',
        'element type of the written graph (default: as the file has it)',
      ).choices(['f32', 'f64']),
    )
    .option('--no-repair', 'leave faults of the exporter as they are')
    .action(async (file: string, { output, repair, ...wishes }: Flags) => {
      const [{ differentiateForceField }, { renderDifferentiated }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      const options = { ...wishes, ...(repair ? {} : { repair }) };
      const written = await differentiateForceField(file, output, options);
      console.log(renderDifferentiated(written, terminal()));
    });
}
