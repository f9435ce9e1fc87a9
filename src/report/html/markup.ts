// HTML as values: what is put into a template is escaped unless it is HTML already.

/** Text that is HTML and safe to set as it is. */
export interface Html {
  readonly html: string;
}

export type Part = Html | readonly Html[] | string | number | null | undefined | false;

/** Tagged template: `html\`<b>${name}</b>\`` escapes `name`. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let out = texts[0]!;
  parts.forEach((part, k) => {
    out += markupOf(part) + texts[k + 1]!;
  });
  return { html: out };
}

/** Trusted markup: drawings of the charts, style and scripts of the page. */
export function raw(markup: string): Html {
  return { html: markup };
}

/** JSON for a `<script type="application/json">`: nothing in it can end the element. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => entities[character]!);
  if (Array.isArray(part)) return (part as readonly Html[]).map(({ html: text }) => text).join('');
  return (part as Html).html;
}
