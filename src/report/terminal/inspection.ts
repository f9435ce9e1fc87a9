// What `mdbench inspect` prints: a model file, how it is bound and from which source, and why it cannot run.

import { count, quantity, significantDigits } from '../format.js';
import { assumption, describeChange, describeLint, inspectionWords as words } from '../words/index.js';
import { firstFitting, layoutOf, plain, table, wrap } from './layout.js';

interface Tensor {
  readonly tensor: string;
  readonly role: string;
  readonly source: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}
interface Change {
  readonly pass: string;
  readonly count: number;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}
interface Refusal {
  readonly message: string;
  readonly hint: string | null;
}

interface CutoffLike {
  readonly value: number;
  readonly source: string;
}

/** What is printed of an inspection; what was found beyond it is left to `--json`. */
interface InspectionLike {
  readonly path: string;
  readonly bytes: number;
  readonly summary: {
    readonly inputs: readonly TensorLike[];
    readonly outputs: readonly TensorLike[];
    readonly operators: readonly { readonly name: string; readonly count: number }[];
    readonly opsets: Readonly<Record<string, number>>;
    readonly producer: string;
    readonly parameters: number;
    readonly precision: string;
  };
  readonly external: readonly { readonly location: string; readonly bytes: number }[];
  readonly manifest: string | null;
  readonly binding: {
    readonly signature: string | null;
    readonly inputs: readonly Tensor[];
    readonly outputs: readonly Tensor[];
    readonly units: {
      readonly length: string;
      readonly energy: string;
      readonly force?: string;
      readonly stress?: string;
    };
    readonly cutoff: CutoffLike | null;
    readonly longCutoff: CutoffLike | null;
    readonly neighbors: {
      readonly kind: string;
      readonly layout: string;
      readonly ghosts: boolean;
      readonly width: number | null;
    };
    readonly boundaries: string;
    readonly assumed: readonly string[];
  } | null;
  readonly cutoffs: readonly number[];
  readonly forces: string | null;
  readonly changes: readonly Change[];
  readonly rejected: readonly Change[];
  readonly lints: readonly Parameters<typeof describeLint>[0][];
  readonly refusal: Refusal | null;
  readonly sessionRefusal: Refusal | null;
  readonly runs: { readonly dynamics: boolean; readonly periodic: boolean };
}
type TensorLike = Pick<Tensor, 'type'> & { readonly name: string; readonly shape: Tensor['shape'] | null };

export function renderInspection(inspection: InspectionLike, options: { width?: number } = {}): string {
  const { width } = layoutOf(options);
  const { summary, binding } = inspection;
  const file = facts(
    [
      ['file', plain(inspection.path)],
      ['size', quantity(inspection.bytes, 'B', 4)],
      ...inspection.external.map(
        (one) => ['external', `${one.location}, ${quantity(one.bytes, 'B', 4)}`] as const,
      ),
      ['producer', summary.producer],
      [
        'opset',
        Object.entries(summary.opsets)
          .map(([domain, version]) => `${domain} ${version}`)
          .join(', '),
      ],
      ['precision', summary.precision],
      ['constants', words.constants(count(summary.parameters))],
      ['manifest', inspection.manifest ?? words.none],
      ['operators', summary.operators.map((one) => `${one.name} ${one.count}`).join(', ')],
    ],
    width,
  );
  const tensors = binding ? bound(binding, width) : unbound(summary, width);
  const refusals = [inspection.refusal, inspection.sessionRefusal].flatMap((one) =>
    one ? refusalLines(one, width) : [],
  );
  return [
    file,
    tensors,
    binding ? conventions(binding, inspection, width) : [],
    refusals.length > 0 ? refusals : wrap(words.runs(inspection.runs.periodic), '', width),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function bound(
  { inputs, outputs }: NonNullable<InspectionLike['binding']>,
  width: number,
): readonly string[] {
  const rows = (tensors: readonly Tensor[], side: string) =>
    tensors.map((one) => [side, one.tensor, typeText(one), one.role, one.source].map(plain));
  return tensorTable(
    ['', 'tensor', 'type', 'bound as', 'known from'],
    [...rows(inputs, 'in'), ...rows(outputs, 'out')],
    width,
  );
}

function unbound({ inputs, outputs }: InspectionLike['summary'], width: number): readonly string[] {
  const rows = (tensors: readonly TensorLike[], side: string) =>
    tensors.map((one) => [side, one.name, typeText(one)].map(plain));
  return tensorTable(['', 'tensor', 'type'], [...rows(inputs, 'in'), ...rows(outputs, 'out')], width);
}

/** Where the columns do not fit, a tensor takes a line, and what is known of it the next ones. */
function tensorTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const narrow = rows.flatMap(([side, tensor, type, ...known]) => [
    ...wrap(`${tensor} ${type}`, side!.padEnd(5), width),
    ...known.flatMap((text, k) => wrap(`${head[k + 3]} ${text}`, '       ', width)),
  ]);
  return firstFitting([table([head, ...rows])], width) ?? narrow;
}

function conventions(
  {
    signature,
    units,
    cutoff,
    longCutoff,
    neighbors,
    boundaries,
    assumed,
  }: NonNullable<InspectionLike['binding']>,
  { cutoffs, forces, changes, rejected, lints }: InspectionLike,
  width: number,
): readonly string[] {
  const unit = (name: 'length' | 'energy') =>
    assumed.includes(`units.${name}=${units[name]}`) ? words.assumed(units[name]) : units[name];
  const length = (value: number) => `${significantDigits(value, 6)} Å`;
  return facts(
    [
      ['signature', signature ?? words.none],
      ['units', words.units(unit('length'), unit('energy'), units)],
      [
        'cutoff',
        cutoff ? words.cutoff(length(cutoff.value), cutoff.source) : words.unknownCutoff(cutoffs.map(length)),
      ],
      ['long cutoff', longCutoff ? words.cutoff(length(longCutoff.value), longCutoff.source) : ''],
      ['neighbors', words.neighbors(neighbors)],
      ['boundaries', words.boundaries[boundaries] ?? boundaries],
      ['forces', words.forces[forces ?? ''] ?? words.none],
      ['changes', changes.length === 0 ? words.none : changes.map(describeChange).join('; ')],
      ['taken back', rejected.map(describeChange).join('; ')],
      ['noticed', lints.map(describeLint).join('; ')],
      ['assumed', assumed.length === 0 ? words.nothing : assumed.map(assumption).join('; ')],
    ],
    width,
  );
}

/** The hint of a refusal may hold a manifest to copy: what is no sentence stays as it is. */
function refusalLines({ message, hint }: Refusal, width: number): string[] {
  return [
    ...wrap(message, '✗ ', width),
    ...(hint === null ? [] : hint.split('\n').flatMap((line) => hintLines(line, width))),
  ];
}

function hintLines(line: string, width: number): string[] {
  return /^[A-Z]/.test(line) ? wrap(line, '', width) : [plain(line)];
}

function facts(entries: readonly (readonly [string, string])[], width: number): string[] {
  return entries
    .filter(([, value]) => value !== '')
    .flatMap(([name, value]) => wrap(value, name.padEnd(12), width));
}

function typeText({ type, shape }: Pick<TensorLike, 'type' | 'shape'>): string {
  return shape === null ? type : `${type}[${shape.join(', ')}]`;
}
