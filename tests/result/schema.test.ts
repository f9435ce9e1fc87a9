import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentSchema, resultJsonSchema } from '../../src/result/index.js';
import { syntheticCase, syntheticDocument, syntheticSamples } from '../support/synthetic-case.js';

const shipped = new URL('../../src/result/result.schema.json', import.meta.url);
if (process.env.MDBENCH_WRITE_SCHEMA)
  writeFileSync(shipped, `${JSON.stringify(resultJsonSchema(), null, 2)}\n`);

describe('the JSON schema that ships', () => {
  it('is what the document schema says (write it again with MDBENCH_WRITE_SCHEMA=1)', () => {
    expect(JSON.parse(readFileSync(shipped, 'utf8'))).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
  });

  it('requires every part of a document and lets unknown keys pass', () => {
    const schema = resultJsonSchema() as { required: string[]; $schema: string };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.required).toEqual(Object.keys(syntheticDocument()));
    expect(JSON.stringify(schema)).not.toContain('"additionalProperties":false');
  });

  it('is of a document schema that takes a whole case', () => {
    const document = syntheticDocument([syntheticCase([syntheticSamples()])]);
    expect(documentSchema.parse(document)).toEqual(document);
  });
});
