import { describe, expect, it } from 'vitest';
import {
  covalentRadius,
  createSystem,
  describeSystem,
  elementMasses,
  formulaOf,
  numberOf,
  symbolOf,
} from '../../src/system/index.js';

describe('elements', () => {
  it('symbols and numbers are inverse for all 118, in any case', () => {
    for (let number = 1; number <= 118; number++) {
      expect(numberOf(symbolOf(number))).toBe(number);
      expect(numberOf(symbolOf(number).toUpperCase())).toBe(number);
    }
    expect([0, -1, 119, 1.5].map(symbolOf)).toEqual(['#0', '#-1', '#119', '#1.5']);
    expect(['', 'X', 'Foo', 'constructor'].map(numberOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['H', 1, 1.008, 0.31],
    ['O', 8, 15.999, 0.66],
    ['Si', 14, 28.085, 1.11],
    ['Ar', 18, 39.948, 1.06],
    ['I', 53, 126.904, 1.39],
    ['Au', 79, 196.967, 1.36],
    ['Pb', 82, 207.2, 1.46],
    ['U', 92, 238.029, 1.96],
    ['Og', 118, 294, Number.NaN],
  ])('%s', (symbol, number, mass, radius) => {
    expect(symbolOf(number)).toBe(symbol);
    expect(Math.abs(elementMasses[number] - mass)).toBeLessThan(mass > 290 ? 0.5 : 1e-3);
    expect(covalentRadius(number)).toBe(radius);
  });

  it('masses are there for all, and grow but for the known inversions', () => {
    expect(elementMasses.length).toBe(119);
    const inversions = Array.from({ length: 117 }, (_, k) => k + 1)
      .filter((number) => elementMasses[number + 1] < elementMasses[number])
      .map(symbolOf);
    expect(inversions.slice(0, 5)).toEqual(['Ar', 'Co', 'Te', 'Th', 'U']);
  });
});

describe('formula', () => {
  it.each([
    [[1, 1, 8], 'H2O'],
    [[8, 6, 1, 1, 6], 'C2H2O'],
    [[17, 11], 'ClNa'],
    [[35, 1], 'BrH'],
    [[8, 6, 8], 'CO2'],
    [Array(64).fill(14), 'Si64'],
  ])('of %j is %s', (numbers, formula) => {
    expect(formulaOf(numbers)).toBe(formula);
  });

  it('density is null where a direction is open', () => {
    const cell = [4, 0, 0, 0, 4, 0, 0, 0, 4];
    const system = createSystem({
      name: 'slab',
      numbers: [18],
      positions: [0, 0, 0],
      cell,
      pbc: [true, true, false],
    });
    expect(describeSystem(system)).toEqual({ atoms: 1, formula: 'Ar', density: null, shortestDistance: 4 });
  });
});
