// Which numbers a gate is about: patterns over paths `<force field>/<system>/<metric>`.

type Arm = 'baseline' | 'candidate';

/** What else an arm may be called in a pattern. */
const armWords: Record<Arm, readonly string[]> = {
  baseline: ['baseline', 'teacher'],
  candidate: ['candidate', 'student'],
};

/** `force field/metric` or `force field/system/metric`, no part empty. */
export const patternText = /^[^/]+(\/[^/]+){1,2}$/;

/**
 * Whether a pattern is about this number. `*` stands for any run of characters within its part; a pattern of two parts
 * leaves the system open.
 * @param path `<force field>/<system>/<metric>`
 * @param arm which arm the number belongs to, so that `candidate`, `student`, `baseline` and `teacher` name it too
 */
export function matches(pattern: string, path: string, arm?: Arm): boolean {
  const [forceField, system, metric] = partsOf(path);
  const wanted = pattern.split('/');
  if (wanted.length < 2 || wanted.length > 3) return false;
  const names = [forceField, ...(arm ? armWords[arm] : [])];
  return (
    names.some((name) => fits(wanted[0]!, name)) &&
    (wanted.length === 2 || fits(wanted[1]!, system)) &&
    fits(wanted.at(-1)!, metric)
  );
}

/** From the right, for the label of a command may hold slashes. */
function partsOf(path: string): [forceField: string, system: string, metric: string] {
  const parts = path.split('/');
  return [parts.slice(0, -2).join('/'), parts.at(-2) ?? '', parts.at(-1)!];
}

/** Each literal at its leftmost place: linear in the text, however many stars. */
function fits(glob: string, text: string): boolean {
  const [first, ...rest] = glob.split('*');
  if (rest.length === 0) return glob === text;
  const last = rest.pop()!;
  if (!text.startsWith(first!)) return false;
  let at = first!.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
