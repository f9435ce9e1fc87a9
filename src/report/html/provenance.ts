// Where the numbers come from: machine, versions, command; and the document itself to take away.

import { quantity, significantDigits } from '../format.js';
import type { ReportInput } from '../input.js';
import { describeCommand, describeRaw, describeWarning, headings } from '../words/index.js';
import { type Html, html, jsonText, raw } from './markup.js';
import { code, facts } from './parts.js';

export function environmentSection(inputs: readonly ReportInput[]): Html {
  return html`<section id="environment"><h3>${headings.environment}</h3>${inputs.map((input) => html`<div class="panel">${environmentFacts(input)}</div>`)}</section>`;
}

function environmentFacts({ document }: ReportInput): Html {
  const { environment, tool } = document;
  return facts([
    ['processor', environment.cpu],
    ['cores', `${environment.coresUsable} usable of ${environment.cores}`],
    ['memory', quantity(environment.memory, 'B', 4)],
    ['system', `${environment.os}, ${environment.arch}`],
    ['Node', environment.node],
    ['ONNX Runtime', environment.onnxruntime],
    [
      'neighbor lists',
      environment.backendReason
        ? `${environment.backend} (${environment.backendReason})`
        : environment.backend,
    ],
    [
      'load before the run',
      environment.loadAverage === null ? 'unknown' : significantDigits(environment.loadAverage, 2),
    ],
    ['frequency governor', environment.cpuGovernor ?? 'unknown'],
    ['mdbench', tool.version],
    ['made', document.createdAt],
    ['command', code(describeCommand(document))],
    ...document.warnings.map((one) => ['note', describeWarning(one).text] as const),
  ]);
}

/** @param limit characters of JSON that the page has room for; beyond it the columns of samples are left out */
export function rawSection(inputs: readonly ReportInput[], limit: number): Html {
  const share = limit / Math.max(1, inputs.length);
  const parts = inputs.map(({ document }, k) => {
    if (share === 0) return html`<div class="panel"><p>${describeRaw('nothing')}</p></div>`;
    const whole = jsonText(document);
    const complete = whole.length <= share;
    const text = complete ? whole : jsonText(withoutColumns(document));
    const id = `document-${k + 1}`;
    const name = inputs.length > 1 ? `result-${k + 1}.json` : 'result.json';
    return html`<div class="panel"><p>${describeRaw(complete ? 'all' : 'summary')}</p><p style="margin-top:8px"><button type="button" hidden data-download="${id}" data-name="${name}">Download ${name}</button></p><script type="application/json" id="${id}">${raw(text)}</script></div>`;
  });
  return html`<section id="raw"><h3>${headings.raw}</h3>${parts}</section>`;
}

function withoutColumns(document: ReportInput['document']): unknown {
  return {
    ...document,
    ...(document.examinations && { examinations: document.examinations.map(withoutCurves) }),
    cases: document.cases.map((result) => ({
      ...result,
      recording: {
        trajectories: result.recording.trajectories.map(({ columns: _, memory: __, ...rest }) => rest),
      },
    })),
  };
}

/** Errors by frame are kept; what only a chart needs is not. */
function withoutCurves({
  frames,
  observables: _,
  ...rest
}: NonNullable<ReportInput['document']['examinations']>[number]): unknown {
  return { ...rest, frames: frames.map(({ parity: __, ...kept }) => kept) };
}
