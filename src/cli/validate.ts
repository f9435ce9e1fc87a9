// mdbench validate: the physics of a force field, examined before a step is timed. Exit 1 when an item fails.

import { type Command, Option } from 'commander';
import { MdbenchError } from '../errors.js';
import { abortOnSignals } from './abort.js';
import { type CaseFlags, placeOf, systemsOf } from './case-options.js';
import { createProgressLine } from './progress.js';
import { terminal } from './terminal.js';
import { number, repeats } from './values.js';

interface Flags extends Pick<CaseFlags, 'system' | 'structure' | 'repeat' | 'provider' | 'threads'> {
  readonly json?: boolean;
  readonly cache: boolean;
}

export function addValidate(program: Command): Command {
  return program
    .command('validate')
    .description('Examine the physics of a force field: symmetries, forces against energies, cutoff, stress.')
    .argument('<force-field>', 'an .onnx file, a shipped model or a built-in force field')
    .option('--system <name>', 'a system by name (default: one made of elements that it knows)', one)
    .addOption(
      new Option('--structure <file>', 'an extended-XYZ file; its last frame is used').conflicts('system'),
    )
    .option('--repeat <a,b,c>', 'repeat the structure along its cell vectors', repeats)
    .option('--provider <name>', 'execution provider of ONNX Runtime (default: cpu)')
    .option('--threads <n>', 'intra-op threads of ONNX Runtime (default: 1)', number('--threads'))
    .option('--no-cache', 'examine anew what was examined before')
    .option('--json', 'as JSON')
    .action(async (name: string, flags: Flags) => {
      const [{ validate }, { renderValidation }] = await Promise.all([
        import('../index.js'),
        import('../report/index.js'),
      ]);
      const abort = abortOnSignals();
      const record = await validate({
        forceField: { name, ...placeOf(flags) },
        system: systemsOf(flags)?.[0],
        cache: flags.cache,
        signal: abort.signal,
        onAwaited: createProgressLine({ quiet: false }).awaited,
      }).finally(abort.release);
      console.log(flags.json ? JSON.stringify(record, null, 2) : renderValidation(record, terminal()));
      if (record.summary.fail > 0) process.exitCode = 1;
    });
}

/** An examination is of one system. */
function one(text: string): string[] {
  if (!text.includes(',')) return [text];
  throw new MdbenchError('option-invalid', `--system takes one name here (received "${text}").`);
}
