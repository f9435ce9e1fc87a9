// What GitHub Actions reads: annotations as workflow commands, and outputs of the step.

import type { ResultDocument } from '../../result/document.js';

/** At most ten lines for stdout, `::error title=…::…` or `::warning …`. Empty without `check`. */
export function githubAnnotations(document: ResultDocument): string[] {
  return document.check ? [] : [];
}

/** Lines to append to the file $GITHUB_OUTPUT: `verdict` and `report`. */
export function githubOutput(document: ResultDocument, paths: { readonly report: string | null }): string {
  return `verdict=${document.check?.verdict ?? ''}\nreport=${paths.report ?? ''}\n`;
}
