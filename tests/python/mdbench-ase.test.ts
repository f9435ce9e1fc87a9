// The file that goes into other people's Python: what it needs of it, and how it asks a calculator.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createForceField, createForceOutput, type ForceField } from '../../src/forcefield/index.js';
import { buildSystem } from '../../src/system/index.js';
import { temporaryFolder } from '../support/cli.js';
import { environment, hasAse, pastAse, python } from '../support/peers.js';

vi.setConfig({ testTimeout: 120_000 });
afterEach(() => vi.unstubAllEnvs());

const file = resolve('native/python/mdbench_ase.py');

async function said(script: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(python, ['-c', script, ...args], { env: environment() });
  return JSON.parse(stdout);
}

describe.skipIf(!hasAse)('mdbench_ase.py', () => {
  it('is Python 3.8, and parts of later ones would be seen', async () => {
    const script = `
import ast, json, sys
def parses(source):
    try: return bool(ast.parse(source, feature_version=(3, 8)))
    except SyntaxError: return False
print(json.dumps([parses(open(sys.argv[1], encoding='utf-8').read()), parses('match a:\\n    case 1: pass')]))`;
    expect(await said(script, file)).toEqual([true, false]);
  });

  it('needs ASE and NumPy alone beside the standard library', async () => {
    const script = `
import ast, json, sys
tree = ast.parse(open(sys.argv[1], encoding='utf-8').read())
names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
names += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
print(json.dumps(sorted({name.split('.')[0] for name in names} - set(sys.stdlib_module_names))))`;
    expect(await said(script, file)).toEqual(['ase', 'numpy']);
  });
});

/** Computes what it is asked for and no more, and tells in its energy (eV) how often it was asked. */
const counting = `
import numpy as np
from ase.calculators.calculator import Calculator, all_changes
class Counting(Calculator):
    implemented_properties = ["energy", "forces", "stress"]
    asked = 0
    def calculate(self, atoms=None, properties=("energy",), system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        Counting.asked += 1
        everything = {"energy": 1.0 * Counting.asked, "forces": np.ones((len(atoms), 3)), "stress": np.ones(6)}
        self.results = {name: everything[name] for name in properties}
class Wrapping:
    """No Calculator of ASE's: it only behaves like one."""
    implemented_properties = ["energy", "forces", "stress"]
    def __init__(self): self.inner = Counting()
    def get_property(self, name, atoms=None, allow_calculation=True): return self.inner.get_property(name, atoms)
    def get_potential_energy(self, atoms=None, force_consistent=False): return self.get_property("energy", atoms)
    def get_forces(self, atoms=None): return self.get_property("forces", atoms)
    def get_stress(self, atoms=None): return self.get_property("stress", atoms)
    def reset(self): self.inner.reset()
def calculator(): return Counting()
`;

async function countedCalls(forceField: ForceField, moves: readonly number[]): Promise<number[]> {
  const system = buildSystem('si8');
  await forceField.prepare(system);
  const output = createForceOutput(8);
  const energies: number[] = [];
  for (const move of moves) {
    system.positions[0] += move;
    await forceField.compute(system, null, output);
    energies.push(output.energy);
    expect(output.forces.every((force) => force === 1)).toBe(true);
    expect(output.virial[0]).toBeLessThan(0);
  }
  await forceField.dispose();
  return energies;
}

for (const [title, packages] of [
  ['ASE', undefined],
  ['ASE 3.22 (MDBENCH_PAST_ASE)', pastAse],
] as const) {
  describe.skipIf(!hasAse || packages === null)(`a calculator of ${title}`, () => {
    const source = join(temporaryFolder(), 'counting.py');
    writeFileSync(source, counting);

    async function open(factory: string): Promise<ForceField> {
      if (packages) vi.stubEnv('PYTHONPATH', packages);
      return createForceField({
        name: `ase:${source}${factory}`,
        provider: 'cpu',
        threads: 1,
        timeout: 60,
        python,
      });
    }

    it('calculates once a call, energy, forces and stress together, also where no atom has moved', async () => {
      const forceField = await open('');
      const begun = await countedCalls(forceField, [0, 0.1, 0, 0, 1e-15, -0.1]);
      expect(begun).toEqual([1, 2, 3, 4, 5, 6]);
      const { ase } = forceField.description.settings.client as { ase: string };
      if (packages) expect(ase).toBe('3.22.1');
    });

    it('never answers from a cache where it is none of ASE’s own kind either', async () => {
      const energies = await countedCalls(await open(':Wrapping'), [0, 0.1, 0, 0]);
      for (const [k, energy] of energies.entries()) expect(energy).toBeGreaterThan(k ? energies[k - 1] : 0);
    });
  });
}
