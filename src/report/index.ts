// Documents in, strings out: the page, Markdown, the terminal, and the words that all of them share.

export { renderCheckMarkdown } from './check/markdown.js';
export { type PlannedCampaign, renderPlan } from './check/plan.js';
export { type CheckTerminalOptions, renderCheckTerminal } from './check/terminal.js';
export { githubAnnotations, githubOutput } from './ci/github.js';
export { toJunit } from './ci/junit.js';
export { toBencher, toGithubActionBenchmark } from './ci/trackers.js';
export { renderHtml } from './html/index.js';
export type { ReportInput } from './input.js';
export { renderMarkdown } from './markdown.js';
export { renderDoctor } from './terminal/doctor.js';
export { renderTerminal } from './terminal/index.js';
export { renderInspection } from './terminal/inspection.js';
export { renderSystems } from './terminal/systems.js';
export { describeFailure, describeWarning } from './words/index.js';
