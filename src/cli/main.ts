#!/usr/bin/env node
// The front door: one file per verb; this one only lists them and turns errors into exit codes.

import { Command, CommanderError } from 'commander';
import { version } from '../version.js';
import { addAnnotate } from './annotate.js';
import { addBaseline } from './baseline.js';
import { addCheck } from './check.js';
import { addCompare } from './compare.js';
import { addDifferentiate } from './differentiate.js';
import { addDoctor } from './doctor.js';
import { fail, usageExit } from './failure.js';
import { addInspect } from './inspect.js';
import { addProfile } from './profile.js';
import { addReport } from './report.js';
import { addRun } from './run.js';
import { addServe } from './serve.js';
import { addSystems } from './systems.js';
import { addValidate } from './validate.js';
import { addWorker } from './worker.js';

const helpWidth = Math.min(process.stdout.columns ?? 80, 80);
const program = new Command('mdbench')
  .description('Molecular-dynamics benchmark and profiling suite for learned force fields.')
  .version(version)
  .configureHelp({ helpWidth })
  .showHelpAfterError('(mdbench --help lists the verbs, mdbench <verb> --help their options)')
  .exitOverride();

for (const add of [
  addRun,
  addCompare,
  addProfile,
  addCheck,
  addBaseline,
  addSystems,
  addInspect,
  addValidate,
  addAnnotate,
  addDifferentiate,
  addReport,
  addServe,
  addDoctor,
  addWorker,
]) {
  add(program).exitOverride().configureHelp({ helpWidth });
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `| head` closes the pipe when it has seen enough.
  if (error.code !== 'EPIPE') fail(error);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = usageExit(error);
  else fail(error);
}
