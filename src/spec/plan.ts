// From force fields and systems to the grid of cases, each with an id that reads as what it is.

import { basename } from 'node:path';
import type { z } from 'zod';
import { MdbenchError } from '../errors.js';
import { barostatDefaults } from './barostat-defaults.js';
import {
  type CaseSpec,
  type DynamicsSpec,
  dynamicsSpec,
  forceFieldSpec,
  type SystemSpec,
  systemSpec,
} from './case.js';
import { parseSpec } from './parse.js';
import { plainName } from './plain-name.js';

export interface PlanOptions {
  readonly forceFields: readonly z.input<typeof forceFieldSpec>[];
  readonly systems: readonly z.input<typeof systemSpec>[];
  readonly dynamics?: z.input<typeof dynamicsSpec> | undefined;
  /** Whether ensembles other than NVE can be planned; default: they are refused. */
  readonly baths?: boolean | undefined;
}

/** The student that ships, on silicon, is what runs when nothing is asked for. */
export const defaultForceField = 'silicon-student';

/** What a force field runs on when no system is named. */
function defaultSystem(forceField: string): string {
  return forceField.startsWith('lennard-jones') ? 'ar256' : 'si64';
}

/** @throws MdbenchError(option-invalid) naming the option */
export function planCases(options: PlanOptions): CaseSpec[] {
  const asked = parseSpec(dynamicsSpec, options.dynamics ?? {}, 'Dynamics', 'option-invalid');
  const dynamics = withBarostat(asked, options.baths === true);
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

/** Only NPT has the settings of a barostat, and then all of them. */
function withBarostat(dynamics: DynamicsSpec, baths: boolean): DynamicsSpec {
  const { ensemble } = dynamics;
  if (ensemble !== 'nve' && !baths) {
    throw new MdbenchError(
      'option-invalid',
      `Only mdbench run takes the ensemble ${ensemble}: comparisons, gates and profiles are of NVE, where no bath hides what a force field does to the energy.`,
      'Leave --ensemble out.',
    );
  }
  if (ensemble === 'npt') return { ...barostatDefaults, ...dynamics };
  const stray = Object.keys(barostatDefaults).find((key) => key in dynamics);
  if (stray === undefined) return dynamics;
  throw new MdbenchError(
    'option-invalid',
    `${optionNames[stray as keyof typeof barostatDefaults]} goes with --ensemble npt (received ${ensemble}).`,
  );
}

const optionNames: Record<keyof typeof barostatDefaults, string> = {
  pressure: '--pressure',
  barostatTime: '--barostat-time',
  compressibility: '--compressibility',
};

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
