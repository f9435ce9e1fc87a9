// Names out of a file that anyone may have written, made fit for a sentence on a terminal.

const longest = 80;
/** Control characters, what reverses or hides text, ends of lines, and what no UTF-8 decodes to. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufffd]/u;
const everyUnfit = new RegExp(unfit, 'gu');

/** What is unfit is shown as an escape; long names are cut. */
export function printableName(name: string): string {
  const cut = name.length > longest ? `${name.slice(0, longest)}…` : name;
  return cut.replace(everyUnfit, escaped);
}

export function isPrintable(name: string): boolean {
  return !unfit.test(name);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
