// The per-step columns of a trajectory: their names and units. Apart from the document's schema, which workers do without.

/** Per-step columns, in order: times in ms, energies in eV, temperature in K. Entry k belongs to measured step k + 1. */
export const columnNames = [
  'stepTime',
  'forceCallTime',
  'listTime',
  'potentialEnergy',
  'kineticEnergy',
  'conserved',
  'temperature',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Columns of ensembles with a bath, where the force field has a virial: instantaneous pressure in GPa, and volume in Å³ where it changes. */
export const bathColumnNames = ['pressure', 'volume'] as const;
export type BathColumnName = (typeof bathColumnNames)[number];

/** One of each per-step column that a trajectory has. */
export type PerColumn<T> = Record<ColumnName, T> & { [name in BathColumnName]?: T | undefined };
