// Units of model files in Å and eV (CODATA 2018; 1 eV/Å³ in GPa follows from the exact e).

import type { EnergyUnit, LengthUnit } from '../../spec/manifest.js';
import { energyUnits, lengthUnits } from '../../spec/manifest.js';
import { pressureUnit } from '../../system/units.js';

const kilojoulePerMole = 1e3 / (6.02214076e23 * 1.602176634e-19);

/** Å in one unit of length. */
export const lengthScales: Readonly<Record<LengthUnit, number>> = {
  angstrom: 1,
  nm: 10,
  bohr: 0.529177210903,
};

/** eV in one unit of energy. */
export const energyScales: Readonly<Record<EnergyUnit, number>> = {
  eV: 1,
  hartree: 27.211386245988,
  rydberg: 13.605693122994,
  'kcal/mol': 4.184 * kilojoulePerMole,
  'kJ/mol': kilojoulePerMole,
};

/** GPa in one unit of pressure. */
const pressures: Readonly<Record<string, number>> = { gpa: 1, mpa: 1e-3, kbar: 0.1, bar: 1e-4 };

const lengthAliases: Readonly<Record<string, LengthUnit>> = {
  a: 'angstrom',
  ang: 'angstrom',
  å: 'angstrom',
  nanometer: 'nm',
  a0: 'bohr',
};
const energyAliases: Readonly<Record<string, EnergyUnit>> = { ha: 'hartree', eh: 'hartree', ry: 'rydberg' };

/** Finds a unit by its name in any case, or by a usual short form. */
export function lengthUnit(name: string): LengthUnit | undefined {
  const lower = name.trim().toLowerCase();
  return lengthUnits.find((unit) => unit === lower) ?? lengthAliases[lower];
}

export function energyUnit(name: string): EnergyUnit | undefined {
  const lower = name.trim().toLowerCase();
  return energyUnits.find((unit) => unit.toLowerCase() === lower) ?? energyAliases[lower];
}

/** eV/Å in one unit of force, `energy/length`; undefined where it is not one. */
export function forceScale(name: string): number | undefined {
  const cut = name.lastIndexOf('/');
  const energy = energyUnit(name.slice(0, cut));
  const length = lengthUnit(name.slice(cut + 1));
  return cut > 0 && energy && length ? energyScales[energy] / lengthScales[length] : undefined;
}

/** eV/Å³ in one unit of stress, a pressure or `energy/length^3`; undefined where it is not one. */
export function stressScale(name: string): number | undefined {
  const pressure = pressures[name.trim().toLowerCase()];
  if (pressure !== undefined) return pressure / pressureUnit;
  const cut = name.lastIndexOf('/');
  const [length, ...power] = name.slice(cut + 1).split(/\^3|³/);
  const energy = energyUnit(name.slice(0, cut));
  const unit = lengthUnit(length!);
  const volume = cut > 0 && power.length === 1 && power[0]!.trim() === '';
  return volume && energy && unit ? energyScales[energy] / lengthScales[unit] ** 3 : undefined;
}
