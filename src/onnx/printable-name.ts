// Names out of a file that anyone may have written, made fit for a sentence on a terminal.

const longest = 80;

/** Control characters, what reverses or hides text and halves of surrogates are shown as escapes; long names are cut. */
export function printableName(name: string): string {
  const cut = name.length > longest ? `${name.slice(0, longest)}…` : name;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
