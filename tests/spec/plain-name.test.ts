import { describe, expect, it } from 'vitest';
import { forceFieldId } from '../../src/forcefield/index.js';
import { plainName } from '../../src/spec/plain-name.js';

describe('the short name of a force field', () => {
  it.each([
    ['ase:tblite.ase:TBLite?method=GFN2-xTB&verbosity=0', 'TBLite-GFN2-xTB-0'],
    ['ase:ase.calculators.emt:EMT', 'EMT'],
    ['ase:teachers/mace_calc.py', 'mace_calc'],
    ['ase:mace_calc.py:small?device=cpu', 'mace_calc-small-cpu'],
    ['ipi:lmp -in dir/teacher.lmp', 'lmp-teacher.lmp'],
    ['ipi:unix:teacher', 'teacher'],
    ['ipi:localhost:31415', 'localhost:31415'],
    ['ipi:--x', 'ipi'],
    ['models/a.onnx', 'models/a.onnx'],
  ])('%s', (name, short) => {
    expect(plainName(name)).toBe(short);
  });

  it('is safe in the name of a file', () => {
    expect(forceFieldId('ase:tblite.ase:TBLite?method=GFN2-xTB')).toBe('tblite-gfn2-xtb');
    expect(forceFieldId('ipi:localhost:31415')).toBe('localhost-31415');
  });
});
