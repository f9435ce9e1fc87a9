// What was changed in a model in memory before it runs.

interface ChangeLike {
  readonly pass: string;
  readonly count: number;
  readonly values: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

const sentences: Readonly<Record<string, (change: ChangeLike) => string>> = {
  front: ({ count, values }) =>
    `it takes positions, and ${count} nodes in front of it compute ${listed(values.replaced)}`,
};

/** A pass without a sentence of its own is shown by its id and what it tells. */
export function modelChange(change: ChangeLike): string {
  const sentence = Object.hasOwn(sentences, change.pass) ? sentences[change.pass] : undefined;
  if (sentence) return sentence(change);
  const told = Object.entries(change.values).map(([name, value]) => `${name} ${listed(value)}`);
  return `${change.pass} ×${change.count}${told.length > 0 ? ` (${told.join(', ')})` : ''}`;
}

function listed(value: ChangeLike['values'][string] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : `${value ?? ''}`;
}
