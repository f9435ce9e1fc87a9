// What was run, exactly: force field with file, binding and settings; system; dynamics.

import { count, quantity, significantDigits } from '../format.js';
import type { CaseView } from '../input.js';
import { assumption, describeChange, describeLint, forceSourceWords, headings } from '../words/index.js';
import { type Html, html } from './markup.js';
import { code, facts, tableOf } from './parts.js';

export function setupSection(view: CaseView): Html {
  const { forceField } = view.result;
  return html`<section id="${view.key}-setup"><h3>${headings.setup}</h3><div class="grid"><div class="panel">${forceFieldFacts(view)}</div><div class="panel">${systemFacts(view)}</div></div>
${forceField && forceField.binding.length > 0 && html`<div class="panel">${bindingTable(forceField.binding)}</div>`}</section>`;
}

function forceFieldFacts({ result }: CaseView): Html {
  const { forceField, spec } = result;
  if (!forceField) return facts([['force field', spec.forceField.name]]);
  const { file, preparation } = forceField;
  return facts([
    ['force field', forceField.title],
    ['kind', forceField.kind],
    ['precision', forceField.precision],
    [file ? 'constants in the file' : 'parameters', count(forceField.parameters)],
    ['cutoff', forceField.cutoff === null ? 'internal' : `${significantDigits(forceField.cutoff, 5)} Å`],
    ['elements', forceField.elements === null ? 'any' : `Z = ${forceField.elements.join(', ')}`],
    ['file', file && code(file.path)],
    ['size', file && quantity(file.bytes, 'B', 4)],
    ['SHA-256', file && code(file.sha256)],
    ['commit', file?.commit ? code(file.commit) : null],
    ...Object.entries(forceField.settings).map(([name, value]) => [name, settingText(value)] as const),
    ['assumed', forceField.assumed.length > 0 && forceField.assumed.map(assumption).join('; ')],
    ['forces', preparation && forceSourceWords[preparation.forces]],
    [
      'changed in memory',
      preparation && preparation.changes.length > 0 && preparation.changes.map(describeChange).join('; '),
    ],
    [
      'noticed in the file',
      preparation && preparation.lints.length > 0 && preparation.lints.map(describeLint).join('; '),
    ],
  ]);
}

function systemFacts({ result }: CaseView): Html {
  const { system, dynamics } = result;
  return facts([
    ['system', system?.name],
    ['atoms', system && `${count(system.atoms)} (${system.formula})`],
    ['cell', system?.pbc.some(Boolean) && code(cellText(system.cell))],
    ['boundaries', system && boundaries(system.pbc)],
    ['density', system?.density == null ? null : `${significantDigits(system.density, 4)} g/cm³`],
    [
      'shortest distance',
      system?.shortestDistance == null ? null : `${significantDigits(system.shortestDistance, 4)} Å`,
    ],
    [
      'largest force at start',
      system?.largestForce == null ? null : `${significantDigits(system.largestForce, 3)} eV/Å`,
    ],
    ['integrator', `${dynamics.integrator}, ${significantDigits(dynamics.timestep, 4)} fs`],
    [
      'equilibration',
      `${count(dynamics.equilibrate)} steps, ${dynamics.thermostat}, ${significantDigits(dynamics.friction, 3)}/fs`,
    ],
    ['barostat', barostatText(dynamics)],
    ['neighbor list skin', `${significantDigits(dynamics.skin, 3)} Å`],
    [
      'seeds',
      dynamics.seeds === 1
        ? String(dynamics.seed)
        : `${dynamics.seed} to ${dynamics.seed + dynamics.seeds - 1}`,
    ],
  ]);
}

type Binding = NonNullable<CaseView['result']['forceField']>['binding'];

function barostatText({ barostat, ...dynamics }: CaseView['result']['dynamics']): string | null {
  const { pressure, barostatTime, compressibility } = dynamics;
  if (barostat === undefined || pressure === undefined) return null;
  return `${barostat}, ${significantDigits(pressure, 4)} GPa, ${significantDigits(barostatTime ?? Number.NaN, 4)} fs at ${significantDigits(compressibility ?? Number.NaN, 3)}/GPa`;
}

function bindingTable(binding: Binding): Html {
  return tableOf<Binding[number]>(
    [
      { title: 'tensor', cell: (one) => code(one.tensor) },
      { title: '', cell: (one) => one.direction },
      { title: 'bound as', cell: (one) => one.role },
      { title: 'type', cell: (one) => code(`${one.type}[${one.shape.join(', ')}]`) },
      { title: 'known from', cell: (one) => one.source },
    ],
    binding,
  );
}

function cellText(cell: readonly number[]): string {
  const rows = [0, 3, 6].map((k) => cell.slice(k, k + 3).map((x) => significantDigits(x, 6)));
  const diagonal = cell.every((x, k) => k % 4 === 0 || Math.abs(x) < 1e-12);
  return diagonal
    ? `${rows.map((row, k) => row[k]).join(' × ')} Å`
    : `${rows.map((row) => `(${row.join(', ')})`).join(' ')} Å`;
}

function boundaries(pbc: readonly boolean[]): string {
  if (pbc.every(Boolean)) return 'periodic';
  return pbc.some(Boolean) ? `periodic in ${['a', 'b', 'c'].filter((_, k) => pbc[k]).join(', ')}` : 'open';
}

/** Settings that hold nothing are left out, those of a neighbor list that is not there too. */
function settingText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && 'kind' in value && value.kind === 'none') return '';
  if (Array.isArray(value)) return value.map(settingText).filter(Boolean).join('; ');
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).map(([name, inner]) => [name, settingText(inner)] as const);
  return entries
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} ${text}`)
    .join(', ');
}
