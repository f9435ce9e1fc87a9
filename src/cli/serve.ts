// mdbench serve: a force field as an i-PI client, for drivers that move the atoms themselves.

import { type Command, Option } from 'commander';
import { packageFile } from '../package-file.js';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { type CaseFlags, placeOf, systemsOf } from './case-options.js';
import { number, repeats } from './values.js';

interface Flags extends Omit<CaseFlags, 'system'> {
  readonly system?: string;
  readonly socket: string;
  readonly wait?: number;
}

const calculatorFile = packageFile('native/python/mdbench_ase.py');

export function addServe(program: Command): Command {
  return program
    .command('serve')
    .summary('compute forces for another program, as its i-PI client')
    .description(
      'Compute a force field for a driver that speaks the i-PI protocol (ASE’s SocketIOCalculator, i-PI, LAMMPS): ' +
        'connect to its socket and answer until it says EXIT. The protocol sends no elements: they come from --system ' +
        'or --structure, or from JSON in INIT. Python programs need not type this: MdbenchCalculator in ' +
        `${calculatorFile} starts it by itself.`,
    )
    .argument('[force-field]', 'as in mdbench run', defaultForceField)
    .requiredOption('--socket <unix:NAME|HOST:PORT>', 'where the driver listens; unix:NAME is /tmp/ipi_NAME')
    .option('--system <name>', 'elements and boundaries of a shipped system')
    .addOption(
      new Option('--structure <file>', 'elements and boundaries of an extended-XYZ file').conflicts('system'),
    )
    .option('--repeat <a,b,c>', 'repeat the structure along its cell vectors', repeats)
    .option('--skin <angstrom>', 'skin of the neighbor list, of the pair (default: 1)', number('--skin'))
    .option('--provider <name>', 'execution provider of ONNX Runtime (default: cpu)')
    .option('--threads <n>', 'intra-op threads of ONNX Runtime (default: 1)', number('--threads'))
    .option('--python <path>', 'interpreter or environment of ase: force fields (default: python3)')
    .option('--wait <s>', 'seconds in which the driver may begin to listen (default: 30)', number('--wait'))
    .action(serveAction);
}

async function serveAction(name: string, { system, ...flags }: Flags): Promise<void> {
  const { serve } = await import('../run-serve.js');
  const abort = abortOnSignals();
  const systems = systemsOf({ ...flags, ...(system === undefined ? {} : { system: [system] }) });
  await serve({
    forceField: { name, ...placeOf(flags) },
    socket: flags.socket,
    system: systems?.[0] ?? null,
    skin: flags.skin,
    patience: flags.wait === undefined ? undefined : 1000 * flags.wait,
    signal: abort.signal,
  }).finally(abort.release);
  process.exitCode = abort.exitCode() ?? 0;
}
