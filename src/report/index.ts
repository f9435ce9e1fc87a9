// Documents in, strings out: the page, Markdown, the terminal, and the words that all of them share.

export { renderCheckMarkdown } from './check/markdown.js';
export { renderCheckTerminal } from './check/terminal.js';
export { githubAnnotations, githubOutput } from './ci/github.js';
export { toJunit } from './ci/junit.js';
export { toBencher, toGithubActionBenchmark } from './ci/trackers.js';
export { renderHtml } from './html/index.js';
export type { ReportInput } from './input.js';
export { renderMarkdown } from './markdown.js';
export { renderAnnotation } from './terminal/annotation.js';
export { renderBaseline, renderBaselines } from './terminal/baselines.js';
export { renderDifferentiated } from './terminal/differentiated.js';
export { renderDoctor } from './terminal/doctor.js';
export { renderTerminal } from './terminal/index.js';
export { renderInspection } from './terminal/inspection.js';
export { renderNoise } from './terminal/noise.js';
export { renderCheckPlan, renderPlan } from './terminal/plan.js';
export { renderRules, renderSelfTest } from './terminal/self-test.js';
export { renderSystems } from './terminal/systems.js';
export { renderValidation } from './validation/terminal.js';
export { describeHookState } from './words/hook-stages.js';
export { describeFailure, describeWarning } from './words/index.js';
