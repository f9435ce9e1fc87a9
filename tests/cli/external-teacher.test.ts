// The comparison of the README: a program of quantum chemistry through ASE as teacher, and the shipped student that learned
// from it. Skipped by name where tblite is not.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ResultDocument, readDocument } from '../../src/result/index.js';
import { mdbench, type Typed, temporaryFolder } from '../support/cli.js';
import { environment, hasModule } from '../support/peers.js';

/** As it stands there, words in quotes for the shell. */
const command = /`npx mdbench (compare 'ase:tblite[^`]+)`/.exec(readFileSync('README.md', 'utf8'))![1];
const short = ['--steps', '60', '--equilibrate', '50', '--frames', '10', '--pairs', '1', '--no-validate'];

describe.skipIf(!hasModule('ase', 'tblite.ase'))('mdbench compare GFN2-xTB ethanol-student', () => {
  const out = temporaryFolder();
  let typed: Typed;
  let document: ResultDocument;

  beforeAll(async () => {
    const env = environment() as Record<string, string>;
    const words = command.split(' ').map((word) => word.replaceAll("'", ''));
    typed = await mdbench([...words, ...short, '--out', out], { env });
    document = readDocument(join(out, 'result.json'));
  }, 180_000);

  it('exits 0, and both sides ran', () => {
    expect([typed.code, typed.stderr.match(/error/i)]).toEqual([0, null]);
    expect(document.status).toBe('complete');
    expect(document.cases.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });

  it('finds the student as near to its teacher as its card says, and faster', () => {
    const [{ accuracy, ratios }] = document.comparison!.comparisons;
    expect(accuracy.map(({ source }) => source)).toEqual(['baseline', 'candidate']);
    for (const { forces } of accuracy) expect(forces.at(-1)!.rmse.value).toBeLessThan(0.025);
    const call = ratios.find(({ metric }) => metric === 'force-call-p50')!;
    expect(call.speedUp.value).toBeGreaterThan(1);
  });

  it("names both sides' cost, and the teacher's beside the way to it", () => {
    expect(typed.stdout).toMatch(/^Force call +\d+(\.\d+)? m?s +\d+(\.\d+)? m?s/m);
    const text = typed.stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/teacher: Another process computes the forces: .* are the way to it and back/);
    expect(text).toMatch(/teacher: By the client’s own clock a call takes \d/);
    expect(text).toMatch(/teacher: The client with its children: 1 process, .* of memory/);
    expect(text).toMatch(/^ethanol-student against tblite-gfn2-xtb on ethanol/);
  });
});
