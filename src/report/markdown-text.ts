// Text and tables of GitHub-flavored Markdown, with nothing in them that it would take for markup.

/** Every row has as many cells as the head, whatever is in them. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_, k) => (right.includes(k) ? '--:' : ':--'))),
    ...rows.map((row) => line(row.map(escapeText))),
  ].join('\n');
}

/** Text that Markdown and the HTML in it leave alone. */
export function escapeText(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...(text.match(/`+/g) ?? []).map((run) => run.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}
