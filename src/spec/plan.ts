// From force fields and systems to the grid of cases, each with an id that reads as what it is.

import { basename } from 'node:path';
import { z } from 'zod';
import { type CaseSpec, dynamicsSpec, forceFieldSpec, type SystemSpec, systemSpec } from './case.js';
import { parseSpec } from './parse.js';

const planOptions = z.strictObject({
  forceFields: z.array(forceFieldSpec).min(1),
  systems: z.array(systemSpec),
  dynamics: dynamicsSpec.prefault({}),
});

export type PlanOptions = z.input<typeof planOptions>;

/** The student that ships, on silicon, is what runs when nothing is asked for. */
export const defaultForceField = 'silicon-student';

/** What a force field runs on when no system is named. */
function defaultSystem(forceField: string): string {
  return forceField.startsWith('lennard-jones') ? 'ar256' : 'si64';
}

/** @throws MdbenchError(option-invalid) naming the option */
export function planCases(options: PlanOptions): CaseSpec[] {
  const dynamics = parseSpec(dynamicsSpec, options.dynamics ?? {}, 'Dynamics', 'option-invalid');
  const { forceFields, systems } = parseSpec(planOptions, options, 'The run', 'option-invalid');
  const taken = new Map<string, number>();
  return forceFields.flatMap((forceField) => {
    const chosen: SystemSpec[] = systems.length > 0 ? systems : [{ name: defaultSystem(forceField.name) }];
    return chosen.map((system) => {
      const id = fileSafe(`${systemLabel(system)}-${stem(forceField.name)}-${dynamics.ensemble}`);
      const count = (taken.get(id) ?? 0) + 1;
      taken.set(id, count);
      return { id: count === 1 ? id : `${id}-${count}`, forceField, system, dynamics };
    });
  });
}

function systemLabel(system: SystemSpec): string {
  if ('name' in system) return system.name;
  const repeated = system.repeat.some((k) => k > 1) ? `-${system.repeat.join('x')}` : '';
  return stem(system.structure) + repeated;
}

function stem(path: string): string {
  return basename(path).replace(/\.(onnx|extxyz|xyz)$/i, '');
}

function fileSafe(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|-+$/g, '');
}
