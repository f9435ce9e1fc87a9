// mdbench annotate: a copy of a model file that says itself what its tensors mean.

import type { Command } from 'commander';
import { terminal } from './terminal.js';

export function addAnnotate(program: Command): Command {
  return program
    .command('annotate')
    .description(
      'Write how an .onnx force field is bound into the metadata of a copy, which then needs no manifest.',
    )
    .argument('<file>', 'an .onnx file; it is not changed')
    .requiredOption('-o, --output <file>', 'the file to write')
    .action(async (file: string, { output }: { output: string }) => {
      const [{ annotateForceField }, { renderAnnotation }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      console.log(renderAnnotation(await annotateForceField(file, output), terminal()));
    });
}
