// What GitHub Actions reads: annotations as workflow commands, and outputs of the step.

import type { ResultDocument } from '../../result/document.js';
import type { CheckResult, GateResult } from '../../result/judgement.js';
import { gatesInOrder } from '../check/order.js';
import { checkTitle, describeMoreGates, verdictOf } from '../words/check.js';
import { describeGate } from '../words/gates.js';
import { describeWarning } from '../words/index.js';

/** GitHub shows ten of a kind a step and drops the others unseen. */
const mostAnnotations = 10;
/** Characters of a title and of a message; longer ones are cut off there too. */
const longest = { title: 200, message: 2000 };

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
}

/** At most ten lines for stdout, `::error title=…::…` or `::warning title=…::…`. Empty without `check`. */
export function githubAnnotations(document: ResultDocument): string[] {
  const { check } = document;
  if (!check) return [];
  const gates = gatesInOrder(check.gates).filter(({ state }) => state !== 'passed' && state !== 'skipped');
  const warnings = [...check.warnings, ...document.warnings]
    .map(describeWarning)
    .filter(({ level }) => level === 'caution');
  const kept = gates.length > mostAnnotations ? gates.slice(0, mostAnnotations - 1) : gates;
  const left = gates.slice(kept.length);
  const all: Annotation[] = [
    ...kept.map((gate) => annotationOf(gate, check)),
    ...(left.length === 0
      ? []
      : [{ level: worst(left, check), title: checkTitle, message: describeMoreGates(left) }]),
    ...warnings.map(({ text, advice }) => ({
      level: 'warning' as const,
      title: checkTitle,
      message: advice ? `${text} ${advice}` : text,
    })),
  ];
  return all.slice(0, mostAnnotations).map(command);
}

/**
 * Text to append to the file $GITHUB_OUTPUT: `verdict` (pass, fail, inconclusive, error) and `report`.
 * @param paths of the report; null writes an empty one
 */
export function githubOutput(document: ResultDocument, paths: { readonly report: string | null }): string {
  return output('verdict', verdictOf(document)) + output('report', paths.report ?? '');
}

function annotationOf(gate: GateResult, check: CheckResult): Annotation {
  const { name, text, advice, state } = describeGate(gate);
  return {
    level: levelOf(gate, check),
    title: `${name} ${state}`,
    message: advice ? `${text} ${advice}` : text,
  };
}

/** An error where the gate can fail the build, else a warning. */
function levelOf(
  { state, severity }: GateResult,
  { onInconclusive, indicative }: CheckResult,
): Annotation['level'] {
  if (state === 'error') return 'error';
  if (severity === 'warn' || indicative) return 'warning';
  return state === 'failed' || onInconclusive === 'fail' ? 'error' : 'warning';
}

function worst(gates: readonly GateResult[], check: CheckResult): Annotation['level'] {
  return gates.some((gate) => levelOf(gate, check) === 'error') ? 'error' : 'warning';
}

function command({ level, title, message }: Annotation): string {
  const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property(title.slice(0, longest.title))}::${data(message.slice(0, longest.message))}`;
}

/** A value of several lines goes between two lines of a mark that it does not hold. */
function output(name: string, value: string): string {
  if (!/[\r\n]/.test(value)) return `${name}=${value}\n`;
  let mark = 'end-of-value';
  while (value.includes(mark)) mark += '-';
  return `${name}<<${mark}\n${value}\n${mark}\n`;
}
