import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { computeMetrics } from '../../src/metrics/index.js';
import {
  type CaseResult,
  documentPath,
  migrate,
  prepareOutput,
  type ResultDocument,
  readDocument,
  writeDocument,
} from '../../src/result/index.js';
import { syntheticCase, syntheticDocument, syntheticSamples } from '../support/synthetic-case.js';
import { thrownBy } from '../support/thrown.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'mdbench-document-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function wholeDocument(): ResultDocument {
  const samples = [syntheticSamples({ steps: 300 })];
  const result = syntheticCase(samples);
  return syntheticDocument([{ ...result, metrics: computeMetrics(result, samples) }]);
}

function written(text: string): string {
  const path = join(directory, 'result.json');
  writeFileSync(path, text);
  return path;
}

describe('a document', () => {
  it('comes back as it was written, by file and by folder', () => {
    const document = wholeDocument();
    const path = writeDocument(document, directory);
    expect(readDocument(path)).toEqual(document);
    expect(readDocument(directory)).toEqual(document);
    expect(documentPath(directory)).toBe(path);
  });

  it('leaves no partial file behind, however often it is written', () => {
    for (let k = 0; k < 3; k++) writeDocument(wholeDocument(), directory);
    expect(readdirSync(directory)).toEqual(['result.json']);
  });

  it('that breaks its schema is not written, and the one before stays', () => {
    const path = writeDocument(wholeDocument(), directory);
    const before = readFileSync(path, 'utf8');
    const document = wholeDocument();
    document.cases[0].recording.trajectories[0].momentumMax = Number.NaN;
    const error = thrownBy(() => writeDocument(document, directory));
    expect(error.code).toBe('document-invalid');
    expect(error.message).toContain('cases[0].recording.trajectories[0].momentumMax');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('reading', () => {
  it('says that a file is missing', () => {
    const error = thrownBy(() => readDocument(join(directory, 'nowhere.json')));
    expect(error.code).toBe('file-not-found');
    expect(error.message).toContain('nowhere.json');
  });

  it.each([
    ['not JSON', '{"schemaVersion": 1,', 'is not JSON'],
    ['an array', '[]', 'received an array'],
    ['no version', '{"a": 1}', 'schemaVersion: expected a whole number from 1, received undefined'],
    ['a version that is text', '{"schemaVersion": "1"}', 'received "1"'],
    ['an empty object of version 1', '{"schemaVersion": 1}', 'tool: '],
  ])('refuses %s', (_, text, words) => {
    const error = thrownBy(() => readDocument(written(text)));
    expect(error.code).toBe('document-invalid');
    expect(error.message).toContain(words);
  });

  it.each<[string, (result: CaseResult) => void, string]>([
    ['a wrong status', (result) => Object.assign(result, { status: 'fine' }), 'cases[0].status'],
    [
      'a metric without a unit',
      (result) => Object.assign(result.metrics['peak-rss'], { unit: undefined }),
      'cases[0].metrics.peak-rss.unit',
    ],
    [
      'a column that is neither inline nor a file',
      ({ recording }) => Object.assign(recording.trajectories[0].columns, { listTime: { length: 3 } }),
      'cases[0].recording.trajectories[0].columns.listTime',
    ],
  ])('names the place of %s', (_, spoil, place) => {
    const document = wholeDocument();
    spoil(document.cases[0]);
    const error = thrownBy(() => readDocument(written(JSON.stringify(document))));
    expect(error.code).toBe('document-invalid');
    expect(error.message).toContain(place);
  });

  it('says which version a newer document needs', () => {
    const error = thrownBy(() => readDocument(written('{"schemaVersion": 7, "cases": "unknown shape"}')));
    expect(error.code).toBe('document-too-new');
    expect(error.message).toContain('version 7');
    expect(error.hint).toContain('version 7');
  });
});

describe('migration', () => {
  it('applies every step up to the version asked for, in order', () => {
    const table = {
      1: (d: Record<string, unknown>) => ({ ...d, path: 'one' }),
      2: (d: Record<string, unknown>) => ({ ...d, path: `${d.path} two` }),
    };
    expect(migrate({ schemaVersion: 1 }, 1, table, 3)).toEqual({ schemaVersion: 3, path: 'one two' });
    expect(migrate({ schemaVersion: 3 }, 3, table, 3)).toEqual({ schemaVersion: 3 });
  });
});

describe('the output folder', () => {
  it('is made with its parents and left empty', () => {
    const deep = join(directory, 'a', 'b');
    prepareOutput(deep);
    expect(readdirSync(deep)).toEqual([]);
  });

  it('that is a file is refused before anything is measured', () => {
    const path = written('');
    for (const folder of [path, join(path, 'below')]) {
      const error = thrownBy(() => prepareOutput(folder));
      expect(error.code).toBe('output-not-writable');
      expect(error.message).toContain(folder);
    }
    expect(thrownBy(() => writeDocument(wholeDocument(), path)).code).toBe('output-not-writable');
  });

  it.skipIf(process.getuid?.() === 0)('without permission is refused', () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    expect(thrownBy(() => prepareOutput(closed)).code).toBe('output-not-writable');
  });
});
