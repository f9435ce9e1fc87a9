// Gates as JUnit XML: one test case a gate, with the attributes that the schema of Jenkins' xUnit plugin knows.

import type { ResultDocument } from '../../result/document.js';
import type { CheckResult, GateResult } from '../../result/judgement.js';
import { checkTitle } from '../words/check.js';
import { describeGate } from '../words/gates.js';

/** How a gate counts; `passed` has no element of its own. */
type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/**
 * A gate that failed is a failure, one in error an error, a skipped one skipped; an inconclusive one is skipped with its
 * reason, or a failure with `--on-inconclusive fail`. What fails no build (gates that warn, an indicative check) is
 * skipped and says so. The state itself stands in a property of every test case.
 * @param document one that has `check`; a suite without test cases otherwise
 */
export function toJunit(document: ResultDocument): string {
  const { check } = document;
  const gates = check?.gates ?? [];
  const outcomes = gates.map((gate) => outcomeOf(gate, check!));
  const n = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  const seconds = (document.campaigns ?? []).reduce((sum, { elapsed }) => sum + elapsed, 0) / 1000;
  const counts = { tests: gates.length, failures: n('failure'), errors: n('error') };
  const head = { ...counts, time: seconds.toFixed(3) };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'mdbench', ...head })}>`,
    `  <testsuite${attributes({ name: checkTitle, ...head, skipped: n('skipped'), timestamp: document.createdAt.replace(/(\.\d+)?Z$/, '') })}>`,
    ...gates.flatMap((gate, k) => testCase(gate, outcomes[k]!)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function outcomeOf({ state, severity }: GateResult, { onInconclusive, indicative }: CheckResult): Outcome {
  if (state === 'passed') return 'passed';
  if (state === 'error') return 'error';
  const stops = severity === 'error' && !indicative;
  if (state === 'failed' && stops) return 'failure';
  return state === 'inconclusive' && stops && onInconclusive === 'fail' ? 'failure' : 'skipped';
}

function testCase(gate: GateResult, outcome: Outcome): string[] {
  const { name, text, advice, limit, estimate } = describeGate(gate);
  const at = gate.metric === null ? -1 : name.lastIndexOf('/');
  const classname = at < 0 ? name : name.slice(0, at);
  const title = at < 0 ? limit : `${name.slice(at + 1)} ${limit}`;
  const inner =
    outcome === 'passed'
      ? []
      : [
          `      <${outcome}${attributes({ message: text, ...(outcome === 'skipped' ? {} : { type: gate.reason.code }) })}>${escaped([text, advice ?? ''].filter(Boolean).join('\n'))}</${outcome}>`,
        ];
  const properties = { state: gate.state, severity: gate.severity, pattern: gate.pattern, estimate };
  return [
    `    <testcase${attributes({ classname, name: title, time: '0' })}>`,
    '      <properties>',
    ...Object.entries(properties).map(
      ([key, value]) => `        <property${attributes({ name: key, value })}/>`,
    ),
    '      </properties>',
    ...inner,
    '    </testcase>',
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value)).replace(/\s/g, ' ')}"`)
    .join('');
}

/** Characters that XML 1.0 does not know even when escaped are replaced. */
function escaped(text: string): string {
  return (
    text
      .replace(/[\ud800-\udfff]/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
