// Bad input, as a person types it: a sentence that names it, exit code 2, and an older result left alone.

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mdbench, temporaryFolder } from '../support/cli.js';
import { modelWithOperator, modelWithTensors } from '../support/onnx-broken.js';
import { openmmModel, schnetModel, zposModel } from '../support/onnx-models.js';

const student = readFileSync('benchmarks/models/silicon-student.onnx');
const folder = temporaryFolder();
const given = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const xyz = (
  rows: readonly string[],
  header = 'Lattice="6 0 0 0 6 0 0 0 6" Properties=species:S:1:pos:R:3 pbc="T T T"',
) => `${rows.length}\n${header}\n${rows.join('\n')}\n`;

const cases: readonly [what: string, args: readonly string[], says: RegExp][] = [
  ['a force field that is not there', ['run', 'missing.onnx'], /missing\.onnx/],
  ['a name that is no force field', ['run', 'lenard-jones'], /lennard-jones/],
  [
    'a text file as a model',
    ['run', given('text.onnx', 'not a model at all\n'.repeat(40))],
    /text\.onnx.*not.*ONNX/is,
  ],
  [
    'a truncated model',
    ['run', given('half.onnx', student.subarray(0, student.length / 2))],
    /half\.onnx.*(truncated|cut)/is,
  ],
  [
    'a model whose external data are missing',
    ['run', given('outside.onnx', schnetModel({ external: 'weights.bin' }))],
    /outside\.onnx.*weights\.bin|weights\.bin.*outside\.onnx/is,
  ],
  [
    'an operator without a kernel, by its name',
    ['run', given('odd.onnx', modelWithOperator('acme:Frobnicate', { acme: 1 })), '--system', 'water'],
    /Frobnicate/,
  ],
  [
    'inputs that cannot be bound, with the manifest to write',
    ['run', given('strange.onnx', modelWithTensors([{ name: 'foo', type: 'float32', dims: ['a', 7] }]))],
    /foo.*strange\.onnx\.mdbench\.json.*"mdbench": 1/is,
  ],
  [
    'a model without forces',
    ['run', given('energy.onnx', zposModel({ forces: false })), '--system', 'water', '--forces', 'model'],
    /energy\.onnx.*no forces/is,
  ],
  [
    'a periodic system for a model of open boundaries',
    ['run', given('open.onnx', zposModel()), '--system', 'si8'],
    /open\.onnx|open boundaries/i,
  ],
  [
    'a cell that is too small for the model',
    ['run', given('box.onnx', openmmModel({ metadata: { 'mdbench.cutoff': '0.6' } })), '--system', 'si8'],
    /5\.43.*12|12.*5\.43/s,
  ],
  ['a system that is not there', ['run', '--system', 'si100'], /si64.*si216/s],
  [
    'an element that the force field does not know',
    ['run', 'silicon-student', '--system', 'ar108'],
    /Ar.*Si/s,
  ],
  ['zero steps', ['run', '--steps', '0'], /steps.*above 0.*received 0/s],
  ['a negative number of steps', ['run', '--steps', '-5'], /steps.*above 0/s],
  ['half a step', ['run', '--steps', '10.5'], /steps.*whole number/s],
  ['a timestep of zero', ['run', '--timestep', '0'], /timestep.*above 0/s],
  ['a negative temperature', ['run', '--temperature', '-300'], /temperature.*above 0/s],
  ['a word where a number stands', ['run', '--steps', 'many'], /number.*many/s],
  ['an unknown provider', ['run', '--provider', 'warp'], /warp.*cpu/s],
  ['CUDA that is not there', ['run', '--provider', 'cuda'], /cuda.*(not|no) /is],
  [
    'a provider for what is computed on the CPU',
    ['run', 'stillinger-weber', '--provider', 'webgpu'],
    /stillinger-weber.*CPU/,
  ],
  ['zero threads', ['run', '--threads', '0'], /threads must be a whole number above 0/],
  ['a frame interval without frames', ['run', '--every', '5'], /--dump/],
  ['a folder as a file', ['run', '--json', folder], /--json.*folder/],
  [
    'a file in a folder that is not there',
    ['run', '--dump', join(folder, 'no/frames.xyz')],
    /--dump.*no folder/,
  ],
  ['an unknown option', ['run', '--stepz', '3'], /stepz/],
  ['an unknown verb', ['rum'], /rum/],
  ['a suite that is not there', ['run', '--suite', 'nothing'], /nothing.*quick/s],
  [
    'a suite with an unknown field',
    ['run', '--suite', given('s.json', '{"suite":1,"titel":"x"}')],
    /titel|title/,
  ],
  ['a structure that is not there', ['run', '--structure', 'missing.xyz'], /missing\.xyz/],
  ['an empty structure', ['run', '--structure', given('empty.extxyz', '')], /empty\.extxyz/],
  [
    'a malformed structure, with its line',
    ['run', 'stillinger-weber', '--structure', given('bad.extxyz', xyz(['Si 0 0 0', 'Si 1.3 x 1.3']))],
    /bad\.extxyz.*line 4/is,
  ],
  [
    'overlapping atoms',
    ['run', 'stillinger-weber', '--structure', given('near.extxyz', xyz(['Si 0 0 0', 'Si 0.3 0 0']))],
    /0\.3/,
  ],
  ['a repeat without a structure', ['run', '--repeat', '2,2,2'], /--structure/],
  ['an output folder that cannot be made', ['run', '--out', join(given('file', ''), 'sub')], /Cannot write/],
  [
    'an output folder where nothing can be made',
    ['run', '--out', '/proc/none/sub'],
    /Cannot write to \/proc\/none/,
  ],
  ['a document that is not there', ['report', 'missing.json'], /missing\.json/],
  ['a document that is no document', ['report', given('list.json', '[1]')], /list\.json/],
  [
    'a document of a newer version',
    ['report', given('new.json', '{"schemaVersion": 999}')],
    /999.*newer|newer.*999/is,
  ],
];

describe('bad input', () => {
  it.each(cases)('%s', async (_what, args, says) => {
    const out = args.includes('--out') || args[0] !== 'run' ? [] : ['--out', join(folder, 'out')];
    const typed = await mdbench([...args, ...out], { cwd: folder });
    expect(typed.stderr).toMatch(says);
    expect(typed.stderr).not.toMatch(/\n\s+at |internal error/);
    expect(typed.code).toBe(2);
    expect(existsSync(join(folder, 'out/result.json'))).toBe(false);
  });

  it('leaves an older result alone', async () => {
    const out = temporaryFolder();
    const older = join(out, 'result.json');
    writeFileSync(older, 'older');
    expect((await mdbench(['run', 'missing.onnx', '--out', out])).code).toBe(2);
    expect(readFileSync(older, 'utf8')).toBe('older');
  });

  it.skipIf(process.getuid?.() === 0)('names a folder without permission', async () => {
    const locked = temporaryFolder();
    chmodSync(locked, 0o555);
    const typed = await mdbench(['run', '--out', join(locked, 'out')]);
    expect([typed.code, typed.stderr]).toEqual([2, expect.stringContaining(locked)]);
  });
});
