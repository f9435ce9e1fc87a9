// The JSON schema of the result document, made from the zod schema; src/result/result.schema.json is its committed copy.

import { z } from 'zod';
import { documentSchema } from './document.js';

/** Draft 2020-12. Keys that it does not know are allowed: a later release may add some without a new version. */
export function resultJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(documentSchema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return { title: 'mdbench result document', ...schema };
}
