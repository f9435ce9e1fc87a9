// mdbench check: misuse is exit code 2, unlike things 4, what cannot be measured 5, each in a sentence; Ctrl-C leaves what there is.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/result/index.js';
import { mdbench, program, temporaryFolder } from '../support/cli.js';

const folder = temporaryFolder();
const given = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const worker = (options: string) => `"${process.execPath}" "${program}" worker ${options}`;
const commands = (baseline: string, candidate: string) => [
  '--baseline-command',
  baseline,
  '--candidate-command',
  candidate,
];
const lennardJones = ['--baseline', 'lennard-jones', '--candidate', 'lennard-jones', '--system', 'ar108'];
const gates = (name: string, text: string) => [...lennardJones, '--gates', given(name, text)];
const same = worker('lennard-jones --system ar108');

const refused: readonly [what: string, code: number, args: readonly string[], says: RegExp][] = [
  ['no arms', 2, [], /needs a baseline and a candidate/],
  ['one arm', 2, ['--baseline', 'lennard-jones'], /there is no candidate/],
  [
    'both kinds of one arm',
    2,
    [...lennardJones, '--candidate-command', same],
    /either a force field or a command/,
  ],
  [
    'one arm of each kind',
    2,
    ['--baseline', 'lennard-jones', '--candidate-command', same],
    /not one of each/,
  ],
  ['a share that is none', 2, [...lennardJones, '--max-regression', 'lots'], /--max-regression.*lots/s],
  ['a percentage without its sign', 2, [...lennardJones, '--max-regression', '3'], /3%/],
  ['a time that is none', 2, [...lennardJones, '--time-budget', 'soon'], /--time-budget.*60s.*soon/s],
  ['gates that are not there', 2, [...lennardJones, '--gates', 'missing.json'], /missing\.json/],
  [
    'a gate without a rule',
    2,
    gates('bad.json', '{"*/energy-drift": ["error", {}]}'),
    /bad\.json.*energy-drift/s,
  ],
  [
    'gates beside a tolerance',
    2,
    [...gates('g.yaml', '"*/x": [error, {max: 1}]'), '--max-regression', '3%'],
    /gates/,
  ],
  ['an unknown export', 2, [...lennardJones, '--export', 'nowhere=x'], /--export takes.*junit/s],
  ['an export into no folder', 2, [...lennardJones, '--export', 'junit=no/such/x.xml'], /no folder/],
  ['a force field that is not there', 2, ['--baseline', 'lennard-jones', '--candidate', 'lenard'], /lenard/],
  ['a baseline that is not stored', 4, ['--against', 'nobody', '--store', folder], /nobody/],
  [
    'commands of other systems',
    4,
    commands(same, worker('lennard-jones --system ar256')),
    /system \(ar108 in .*ar256 in .*atoms \(108/s,
  ],
  [
    'commands of other threads',
    4,
    commands(worker('silicon-student'), worker('silicon-student --threads 2')),
    /threads \(1 in .*2 in .*--axis threads/s,
  ],
  [
    'other precisions',
    4,
    ['--baseline', 'silicon-student', '--candidate', 'stillinger-weber'],
    /precision.*float32.*float64/s,
  ],
  ['a worker that dies', 5, commands(same, 'exit 3'), /exit 3|ended|died/],
  ['a command that does not speak the protocol', 5, commands(same, 'echo hello; sleep 1'), /hello/],
  ['a command that does not exist', 5, commands(same, '/no/such/program'), /no\/such\/program/],
  [
    'a gate that is about nothing',
    5,
    gates('none.json', '{"*/nonsense": ["error", {"max": 1}]}'),
    /nonsense/,
  ],
];

describe('mdbench check refuses', () => {
  it.each(refused)('%s, with exit code %i', async (_, code, args, says) => {
    const out = join(temporaryFolder(), 'out');
    const typed = await mdbench(['check', ...args, '--out', out, '--quiet']);
    expect(typed.stderr).toMatch(says);
    expect(typed.stderr).not.toContain('internal error');
    expect([typed.code, existsSync(out)]).toEqual([code, false]);
  });

  it('lets differ what is compared on purpose', async () => {
    const arms = commands(worker('silicon-student'), worker('silicon-student --threads 2'));
    const typed = await mdbench(['check', ...arms, '--axis', 'threads=1,2', '--dry-run']);
    expect([typed.code, typed.stderr.includes('Unlike')]).toEqual([0, false]);
  });
});

describe('mdbench check, interrupted', () => {
  it('writes what was measured, marked aborted', async () => {
    const out = temporaryFolder();
    const typed = await mdbench(['check', ...lennardJones, '--pairs', '24', '--out', out], {
      onStderr(text, child) {
        if (/pair [2-9]\/24/.test(text) && !text.includes('stopping')) child.kill('SIGINT');
      },
    });
    expect(typed.code).toBe(130);
    const document = readDocument(out);
    expect([document.status, document.campaigns?.[0].status]).toEqual(['aborted', 'aborted']);
    expect(document.campaigns?.[0].pairs.length).toBeGreaterThan(0);
    expect(document.check?.verdict).not.toBe('pass');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('aborted');
  }, 120_000);
});
