// The `mdbench.*` keys in the metadata of a model file: the manifest that a file carries in itself, read and written.

import { MdbenchError } from '../../errors.js';
import type { ModelSummary } from '../../onnx/index.js';
import { type Manifest, manifestSpec } from '../../spec/manifest.js';
import { symbolOf } from '../../system/index.js';
import type { Binding, InputBinding, NeighborForm, OutputBinding, SpeciesEncoding } from './binding.js';
import type { Layer } from './layer.js';
import { describeIssues } from './manifest-file.js';
import { energyUnit, lengthUnit } from './units.js';

/** @throws `manifest-invalid` where they say what no manifest could. */
export function readOwnMetadata({ metadata, inputs, outputs }: ModelSummary): Layer {
  const value = (key: string) => metadata[`mdbench.${key}`]?.trim();
  const roles = parseObject('roles', value('roles'));
  const pick = (tensors: readonly { name: string }[]) =>
    Object.fromEntries(
      tensors.filter(({ name }) => Object.hasOwn(roles, name)).map(({ name }) => [name, roles[name]]),
    );
  const fixed = value('static');
  const parsed = manifestSpec.safeParse({
    mdbench: 1,
    units: {
      length: unitValue(value('units.length'), lengthUnit),
      energy: unitValue(value('units.energy'), energyUnit),
      force: value('units.force'),
      stress: value('units.stress'),
    },
    cutoff: numeric(value('cutoff')),
    longCutoff: numeric(value('cutoff.long')),
    species: speciesValue(value('species'), listOf(value('elements'))),
    neighbors: {
      ...neighborsValue(value('neighbors')),
      shifts: value('shifts'),
      center: value('center'),
      skin: numeric(value('skin')),
    },
    pbc: value('pbc'),
    inputs: pick(inputs),
    outputs: pick(outputs),
    energy: value('energy'),
    forces: value('forces'),
    precision: value('precision'),
    static: fixed === undefined ? undefined : parseObject('static', fixed),
  });
  if (!parsed.success) throw invalid(`are not valid: ${describeIssues(parsed.error)}`);
  return {
    source: 'metadata',
    manifest: parsed.data,
    ...(value('stress.sign') === undefined ? {} : { stressSign: Number(value('stress.sign')) < 0 ? -1 : 1 }),
  };
}

/** Metadata by which a file binds as in `binding`, with nothing assumed. `manifest`: what else it declares. */
export function writeOwnMetadata(
  binding: Binding,
  manifest: Manifest | null,
): Readonly<Record<string, string>> {
  const { units, neighbors, species, cutoff, longCutoff, inputs, outputs } = binding;
  const taken = inputs.some(({ role }) => role === 'shifts' || role === 'cell-shifts');
  const integer = inputs.some(({ role }) => role === 'cell-shifts');
  const fixed = staticEntries(binding, manifest);
  const entries: Readonly<Record<string, string | number | null | undefined>> = {
    version: 1,
    'units.length': unitText(units.length, units.lengthScale),
    'units.energy': unitText(units.energy, units.energyScale),
    'units.force': units.force,
    'units.stress': units.stress,
    cutoff: cutoff && significant(cutoff.value / units.lengthScale),
    'cutoff.long': longCutoff && significant(longCutoff.value / units.lengthScale),
    species: species && speciesText(species),
    neighbors: neighborsText(neighbors),
    center: neighbors.kind === 'none' ? null : neighbors.center,
    shifts: taken ? (integer ? 'integer' : 'cartesian') : null,
    skin: neighbors.skin === null ? null : significant(neighbors.skin / units.lengthScale),
    pbc: binding.boundaries,
    roles: JSON.stringify(
      Object.fromEntries([
        ...inputs.map((input) => [input.tensor, inputEntry(input)]),
        ...outputs.map((output) => [output.tensor, outputEntry(output)]),
      ]),
    ),
    energy: binding.energy,
    forces: manifest?.forces,
    precision: manifest?.precision,
    static: Object.keys(fixed).length > 0 ? JSON.stringify(fixed) : null,
  };
  return Object.fromEntries(
    Object.entries(entries).flatMap(([key, text]) =>
      text === null || text === undefined ? [] : [[`mdbench.${key}`, `${text}`]],
    ),
  );
}

/** Words of a list, however it is written: `H C O`, `[1, 6, 8]`, `["H", "C"]`. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,[\]"']+/).filter((word) => word !== '');
}

/** What a manifest says of an input. */
export function inputEntry({ role, constant, value }: InputBinding): unknown {
  if (constant) return { constant: constant.length === 1 ? constant[0] : constant };
  if (role === 'charge' || role === 'head') return { role, value: value ?? 0 };
  return role === 'spin' ? { role, value: value ?? 1 } : role;
}

/** What a manifest says of an output. */
export function outputEntry({ role, sign, layout }: OutputBinding): unknown {
  if (sign === 1 && !layout) return role;
  return { role, sign, ...(layout ? { layout } : {}) };
}

function parseObject(key: string, text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {}
  throw invalid(`hold a \`${key}\` that is not a JSON object: ${text}`);
}

function invalid(reason: string): MdbenchError {
  return new MdbenchError(
    'manifest-invalid',
    `The model's own metadata (mdbench.*) ${reason}.`,
    'Correct the metadata, or say the same in a manifest beside the file and remove them.',
  );
}

/** `Z`, `Z:Si,C`, `H,C,O` (positions in this list) or `onehot:H,C,O`. */
function speciesValue(text: string | undefined, known: readonly string[]): unknown {
  if (text === undefined) return known.length > 0 ? { kind: 'number', elements: known } : undefined;
  const [head, tail] = text.includes(':') ? text.split(':', 2) : text === 'Z' ? ['Z', ''] : ['index', text];
  const elements = listOf(tail);
  if (head !== 'Z') return { kind: head, elements };
  const all = elements.length > 0 ? elements : known;
  return all.length > 0 ? { kind: 'number', elements: all } : { kind: 'number' };
}

function speciesText({ kind, elements }: SpeciesEncoding): string {
  const list = (elements ?? []).map(symbolOf).join(',');
  if (kind === 'number') return list === '' ? 'Z' : `Z:${list}`;
  return kind === 'onehot' ? `onehot:${list}` : list;
}

/** `none`, `full`, `half`, `ghosts`, or `padded:<slots>:<what empty slots hold>`, where `*` are as many as are needed. */
function neighborsValue(text: string | undefined): Readonly<Record<string, unknown>> {
  const [kind, width, pad] = (text ?? '').split(':');
  if (text === undefined) return {};
  const filling = pad === undefined || Number.isNaN(Number(pad)) ? pad : Number(pad);
  return {
    kind,
    width: width === undefined || width === '*' ? undefined : Number(width),
    pad: filling === 'n' ? 'atoms' : filling,
  };
}

function neighborsText({ kind, layout, width, pad, ghosts }: NeighborForm): string {
  if (layout === 'matrix') return `padded:${width ?? '*'}:${pad === 'atoms' ? 'n' : pad}`;
  return ghosts ? 'ghosts' : kind;
}

function staticEntries(
  { tail, edges }: Binding,
  manifest: Manifest | null,
): Readonly<Record<string, unknown>> {
  const pad = tail?.rows ? tail.code : edges ? true : undefined;
  return {
    ...(manifest?.static?.atoms ? { atoms: manifest.static.atoms } : {}),
    ...(edges ? { edges } : {}),
    ...(pad === undefined ? {} : { pad }),
    ...(tail && tail.rows === null ? { dummy: true } : {}),
  };
}

function unitValue(text: string | undefined, find: (name: string) => string | undefined): unknown {
  if (text === undefined) return undefined;
  return Number(text) > 0 ? Number(text) : (find(text) ?? text);
}

/** A unit that has no name is a number of Å or eV. */
function unitText(name: string, scale: number): string | number {
  return name.includes(' ') ? scale : name;
}

function significant(value: number): number {
  return Number(value.toPrecision(14));
}

function numeric(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
