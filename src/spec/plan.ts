// From force fields and systems to the grid of cases, each with an id that reads as what it is.

import { basename } from 'node:path';
import type { z } from 'zod';
import { type CaseSpec, dynamicsSpec, forceFieldSpec, type SystemSpec, systemSpec } from './case.js';
import { parseSpec } from './parse.js';
import { plainName } from './plain-name.js';

export interface PlanOptions {
  readonly forceFields: readonly z.input<typeof forceFieldSpec>[];
  readonly systems: readonly z.input<typeof systemSpec>[];
  readonly dynamics?: z.input<typeof dynamicsSpec> | undefined;
}

/** The student that ships, on silicon, is what runs when nothing is asked for. */
export const defaultForceField = 'silicon-student';

/** What a force field runs on when no system is named. */
function defaultSystem(forceField: string): string {
  return forceField.startsWith('lennard-jones') ? 'ar256' : 'si64';
}

/** @throws MdbenchError(option-invalid) naming the option */
export function planCases(options: PlanOptions): CaseSpec[] {
  const dynamics = parseSpec(dynamicsSpec, options.dynamics ?? {}, 'Dynamics', 'option-invalid');
  const forceFields = options.forceFields.map((one) =>
    parseSpec(forceFieldSpec, one, 'Force field', 'option-invalid'),
  );
  const systems = options.systems.map((one) => parseSpec(systemSpec, one, 'System', 'option-invalid'));
  const taken = new Map<string, number>();
  return forceFields.flatMap((forceField) => {
    const chosen: SystemSpec[] = systems.length > 0 ? systems : [{ name: defaultSystem(forceField.name) }];
    return chosen.map((system) => {
      const id = fileSafe(`${systemLabel(system)}-${stem(plainName(forceField.name))}-${dynamics.ensemble}`);
      const count = (taken.get(id) ?? 0) + 1;
      taken.set(id, count);
      return { id: count === 1 ? id : `${id}-${count}`, forceField, system, dynamics };
    });
  });
}

/** What a system is called in the ids of cases and campaigns. */
export function systemLabel(system: SystemSpec): string {
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
