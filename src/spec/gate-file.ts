// A gate file from the disk, JSON or YAML; what is wrong with it is said with its line.

import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { MdbenchError } from '../errors.js';
import { patternText } from './gate-pattern.js';
import { type Gate, gateFileSpec, gatesOf } from './gates.js';

/** @throws MdbenchError(gates-invalid | file-not-found) naming every wrong pattern, what was expected and received */
export function loadGates(file: string): Gate[] {
  const lines = new LineCounter();
  const document = parseText(readText(file), file, lines);
  const value: unknown = contentsOf(document, file);
  const parsed = gateFileSpec.safeParse(value);
  const wrong = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({
      pattern: path[0] === undefined ? null : String(path[0]),
      text: `${[...path.slice(1).filter((key) => typeof key === 'string'), message].join(' ')} (received ${shown(valueAt(value, path))})`,
    })),
    ...(parsed.success ? patternsOf(parsed.data) : []),
  ];
  if (wrong.length > 0 || !parsed.success) {
    const sentences = wrong.map(
      ({ pattern, text }) =>
        `${pattern === null ? '' : `${placeOf(document, lines, pattern)}"${pattern}" `}${text}`,
    );
    throw invalid(`Gate file ${file}: ${sentences.join('; ')}.`);
  }
  const gates = gatesOf(parsed.data);
  if (gates.length > 0) return gates;
  throw invalid(`Gate file ${file} has no gate: nothing would be checked.`);
}

function patternsOf(entries: object): { pattern: string; text: string }[] {
  return Object.keys(entries)
    .filter((pattern) => pattern !== '$schema' && !patternText.test(pattern))
    .map((pattern) => ({
      pattern,
      text: 'must be <force field>/<metric> or <force field>/<system>/<metric>, such as "*/step-time-p50"',
    }));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new MdbenchError(
      'file-not-found',
      `Cannot read the gate file ${file}: ${missing ? 'there is no such file' : (cause as Error).message}.`,
      'Name a JSON or YAML file with --gates.',
    );
  }
}

/** JSON is read as YAML too, which notices a pattern that stands there twice. */
function parseText(text: string, file: string, lineCounter: LineCounter): Document {
  if (file.endsWith('.json')) refuseNoJson(text, file);
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  const [error] = document.errors;
  const unquoted = text.split('\n').findIndex((line) => /^\s*\*/.test(line)) + 1;
  if (error && unquoted > 0) throw starred(file, unquoted);
  if (error) throw unreadable(file, lineCounter.linePos(error.pos[0]).line, error.message);
  return document;
}

function refuseNoJson(text: string, file: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    const whole = text.trimEnd();
    const before = position === undefined ? whole : whole.slice(0, Number(position));
    throw invalid(`Gate file ${file}, line ${before.split('\n').length}: not JSON: ${message}.`);
  }
}

function starred(file: string, line: number): MdbenchError {
  return invalid(
    `Gate file ${file}, line ${line}: in YAML a pattern that begins with * has to be quoted.`,
    'Such as "*/step-time-p50": [error, { maxRegression: 3% }]',
  );
}

function unreadable(file: string, line: number, message: string): MdbenchError {
  return /Map keys must be unique/.test(message)
    ? invalid(
        `Gate file ${file}, line ${line}: this pattern stands there twice.`,
        'Put all rules of a pattern into one entry: "<pattern>": ["error", {"max": 1, "min": 0}].',
      )
    : invalid(`Gate file ${file}, line ${line}: ${message.replace(/\.$/, '')}.`);
}

/** An empty file is an empty object. */
function contentsOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (cause) {
    throw invalid(`Gate file ${file}: ${(cause as Error).message.replace(/\.$/, '')}.`);
  }
}

function placeOf({ contents }: Document, lines: LineCounter, pattern: string): string {
  if (!isMap(contents)) return '';
  const key = contents.items
    .map((item) => item.key)
    .find((one) => isScalar(one) && String(one.value) === pattern);
  return isScalar(key) && key.range ? `line ${lines.linePos(key.range[0]).line}: ` : '';
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function invalid(message: string, hint?: string): MdbenchError {
  return new MdbenchError(
    'gates-invalid',
    message,
    hint ??
      'A gate reads "<pattern>": ["error", {"maxRegression": "3%"}]; the schema ships as mdbench/schema/gates.json.',
  );
}
