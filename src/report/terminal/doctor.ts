// What `mdbench doctor` prints: the machine, and finding by finding what it can measure.

import type { Environment } from '../../result/document.js';
import type { FindingLike } from '../words/finding.js';
import { describeMachine } from '../words/index.js';
import { describeFinding } from '../words/machine.js';
import { type Layout, layoutOf, type Shade, shade, wrap } from './layout.js';

interface Examination {
  readonly environment: Environment;
  readonly findings: readonly FindingLike[];
}

const marks: Record<FindingLike['state'], [string, Shade]> = {
  ok: ['✓', 'green'],
  limited: ['!', 'yellow'],
  unavailable: ['–', 'dim'],
};

export function renderDoctor({ environment, findings }: Examination, options: Partial<Layout> = {}): string {
  const layout = layoutOf(options);
  const lines = findings.flatMap((finding) => {
    const { subject, text } = describeFinding(finding);
    const [mark, color] = marks[finding.state];
    const [first, ...rest] = wrap(text, `${mark} ${subject.padEnd(16)}`, layout.width);
    return [first!.replace(mark, shade(mark, color, layout)), ...rest];
  });
  return [...wrap(describeMachine(environment), '', layout.width), '', ...lines].join('\n');
}
