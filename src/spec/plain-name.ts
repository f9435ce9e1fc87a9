// What a force field of another process is called in ids and files: `ase:tblite.ase:TBLite?method=GFN2-xTB` is TBLite-GFN2-xTB.

/** Longest name that a command or a query gives. */
const longest = 40;

/** The name as it is for everything but `ase:…` and `ipi:…`. */
export function plainName(name: string): string {
  const [, kind, rest] = /^(ase|ipi):(.*)$/s.exec(name) ?? [];
  if (kind === undefined) return name;
  return (kind === 'ase' ? calculatorName(rest) : clientName(rest)).slice(0, longest) || kind;
}

function calculatorName(text: string): string {
  const [source, query = ''] = text.split('?');
  const [file, factory] = source.split(':');
  const values = query.split('&').flatMap((item) => item.split('=')[1] ?? []);
  const isFile = file.endsWith('.py');
  const first = isFile ? (file.split('/').at(-1) as string).slice(0, -3) : (factory ?? file);
  return [first, ...(isFile && factory ? [factory] : []), ...values].join('-');
}

/** Of a command the words that are neither options nor places to connect to. */
function clientName(text: string): string {
  const words = text
    .replace(/^unix:/, '')
    .split(/\s+/)
    .filter((word) => !/^-|[{}=;&|]/.test(word));
  return words.map((word) => word.split('/').at(-1)).join('-');
}
