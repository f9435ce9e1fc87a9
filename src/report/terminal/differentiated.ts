// What `mdbench differentiate` prints: what was changed, what the file gives now, and where it is.

import { quantity } from '../format.js';
import { describeChange, inspectionWords as words } from '../words/index.js';
import { layoutOf, wrap } from './layout.js';

interface DifferentiatedLike {
  readonly path: string;
  readonly bytes: number;
  readonly changes: readonly Parameters<typeof describeChange>[0][];
  readonly binding: {
    readonly outputs: readonly {
      readonly tensor: string;
      readonly role: string;
      readonly type: string;
      readonly shape: readonly (number | string)[];
    }[];
  };
}

export function renderDifferentiated(
  { path, bytes, changes, binding }: DifferentiatedLike,
  options: { width?: number } = {},
): string {
  const { width } = layoutOf(options);
  const outputs = binding.outputs.map(
    ({ tensor, role, type, shape }) =>
      `${tensor} ${type}[${shape.join(', ')}]${tensor === role ? '' : ` (${role})`}`,
  );
  return [
    ...changes.flatMap((change) => wrap(describeChange(change), '- ', width)),
    ...wrap(outputs.join(', '), 'outputs  ', width),
    '',
    ...wrap(`${words.written(path)} ${quantity(bytes, 'B', 3)}.`, '', width),
  ].join('\n');
}
