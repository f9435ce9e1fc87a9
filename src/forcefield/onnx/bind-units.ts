// Units and cutoff of a model: declared, or assumed from its signature.

import { MdbenchError } from '../../errors.js';
import type { Units } from './binding.js';
import { type Declared, declared, type Layer } from './declaration.js';
import type { Signature } from './signatures.js';
import { energyScales, forceScale, lengthScales, stressScale } from './units.js';

/** Appends what it had to assume to `assumed`. */
export function bindUnits(
  layers: readonly Layer[],
  signature: Signature | undefined,
  assumed: string[],
): Units {
  const length = declared(layers, (layer) => layer.manifest.units?.length);
  const energy = declared(layers, (layer) => layer.manifest.units?.energy);
  const force = declared(layers, (layer) => layer.manifest.units?.force);
  const stress = declared(layers, (layer) => layer.manifest.units?.stress);
  const lengthName = length?.value ?? signature?.length ?? 'angstrom';
  const energyName = energy?.value ?? signature?.energy ?? 'eV';
  if (!length) assumed.push(`units.length=${lengthName}`);
  if (!energy) assumed.push(`units.energy=${energyName}`);
  const lengthScale = typeof lengthName === 'number' ? lengthName : lengthScales[lengthName];
  const energyScale = typeof energyName === 'number' ? energyName : energyScales[energyName];
  return {
    length: typeof lengthName === 'number' ? `${lengthName} angstrom` : lengthName,
    energy: typeof energyName === 'number' ? `${energyName} eV` : energyName,
    ...(force ? { force: force.value } : {}),
    ...(stress ? { stress: stress.value } : {}),
    lengthScale,
    energyScale,
    forceScale: force ? scaleOfForce(force) : energyScale / lengthScale,
    stressScale: stress ? scaleOfStress(stress) : energyScale / lengthScale ** 3,
  };
}

function scaleOfForce({ value, source }: Declared<string>): number {
  const scale = forceScale(value);
  if (scale !== undefined) return scale;
  throw new MdbenchError(
    'manifest-invalid',
    `The ${source} gives forces in "${value}"; expected energy/length, such as kcal/mol/angstrom.`,
    'Name the unit of force by the names of the units of energy and length.',
  );
}

function scaleOfStress({ value, source }: Declared<string>): number {
  const scale = stressScale(value);
  if (scale !== undefined) return scale;
  throw new MdbenchError(
    'manifest-invalid',
    `The ${source} gives the stress in "${value}"; expected GPa, MPa, kbar, bar or energy/length^3, such as eV/angstrom^3.`,
    'Name the unit of stress by one of these.',
  );
}
