// Documents in, strings out: the page, Markdown, the terminal, and the words that all of them share.

export { type HtmlOptions, renderHtml } from './html/index.js';
export type { ReportInput } from './input.js';
export { renderMarkdown } from './markdown.js';
export { type Examination, renderDoctor } from './terminal/doctor.js';
export { renderTerminal, type TerminalOptions } from './terminal/index.js';
export { type InspectionLike, renderInspection } from './terminal/inspection.js';
export { renderSystems, type SystemLine } from './terminal/systems.js';
export { describeFailure, describeWarning, type FailureWords, type WarningWords } from './words/index.js';
