// mdbench baseline: numbers of one force field kept under a name, to hold later ones against.

import type { Command } from 'commander';
import { MdbenchError } from '../errors.js';
import { baselineFolder, listBaselines, readBaseline, removeBaseline } from '../result/index.js';
import { defaultForceField } from '../spec/index.js';
import { abortOnSignals } from './abort.js';
import { addCaseOptions, type CaseFlags, gridOf } from './case-options.js';
import { createProgressLine } from './progress.js';
import { whole } from './values.js';

interface SaveFlags extends CaseFlags {
  readonly command?: string;
  readonly runs?: number;
  readonly store?: string;
  readonly quiet?: boolean;
}

export function addBaseline(program: Command): Command {
  const baseline = program
    .command('baseline')
    .description(
      'Keep numbers of one force field under a name; mdbench check --against NAME holds later ones against them.',
    );
  const stored = (verb: Command) =>
    verb.option('--store <dir>', `folder of stored baselines (default: ${baselineFolder})`);
  const save = baseline
    .command('save')
    .description('Measure a force field in fresh processes and store it.')
    .argument('<name>', 'letters, digits, dots and dashes')
    .argument('[force-field]', `an .onnx file or a built-in (default: ${defaultForceField})`);
  stored(addCaseOptions(save))
    .option('--command <command>', 'instead: a command that speaks the worker protocol')
    .option('--runs <n>', 'fresh processes (default: 10)', whole('--runs'))
    .option('--quiet', 'no progress')
    .action(saveAction);
  stored(baseline.command('list').description('List what is stored.')).action(listAction);
  stored(baseline.command('show').description('Show what a stored baseline was measured with.'))
    .argument('<name>')
    .option('--json', 'as JSON')
    .action(showAction);
  stored(baseline.command('rm').description('Remove a stored baseline.'))
    .argument('<name>')
    .action((name: string, { store }: { store?: string }) => console.log(removeBaseline(name, store)));
  return baseline;
}

async function saveAction(name: string, forceField: string | undefined, flags: SaveFlags): Promise<void> {
  const [{ saveBaseline }, { renderBaseline }] = await Promise.all([
    import('../index.js'),
    import('../report/index.js'),
  ]);
  if (forceField !== undefined && flags.command !== undefined) {
    throw new MdbenchError('usage', 'A baseline is made of a force field or of a command, not of both.');
  }
  const { forceFields, systems, dynamics } = gridOf([forceField ?? defaultForceField], flags);
  const abort = abortOnSignals();
  const progress = createProgressLine({ quiet: flags.quiet === true });
  const { baseline, path } = await saveBaseline({
    name,
    arm: flags.command === undefined ? { forceField: forceFields[0] } : { command: flags.command },
    systems,
    dynamics,
    runs: flags.runs,
    store: flags.store,
    signal: abort.signal,
    onPairs: progress.showPairs,
    onAwaited: progress.awaited,
  }).finally(() => {
    progress.end();
    abort.release();
  });
  if (!flags.quiet) console.log(renderBaseline(baseline));
  console.log(path);
}

async function listAction({ store }: { store?: string }): Promise<void> {
  const { renderBaselines } = await import('../report/index.js');
  console.log(renderBaselines(listBaselines(store), store ?? baselineFolder));
}

async function showAction(name: string, { store, json }: { store?: string; json?: boolean }): Promise<void> {
  const { renderBaseline } = await import('../report/index.js');
  const baseline = readBaseline(name, store);
  console.log(json ? JSON.stringify(baseline, null, 2) : renderBaseline(baseline));
}
