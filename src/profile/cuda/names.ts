// The texts of a trace by their numbers: kernels as people write them, ranges, and which ranges are steps.

export interface Names {
  set(id: number, text: string): void;
  range(id: number): string;
  /** Demangled, once a name. */
  kernel(id: number): string;
  /** The number that the name of a range gives to a step: 0 for a step without, NaN for no step. */
  stepOf(id: number): number;
}

export function createNames(steps: RegExp, demangle: (name: string) => string = (name) => name): Names {
  const texts = new Map<number, string>();
  const kernels = new Map<number, string>();
  /** Without the flags that make a pattern remember where it was. */
  const pattern = new RegExp(steps.source, steps.flags.replace(/[gy]/g, ''));

  function textOf(id: number): string {
    return texts.get(id) ?? `#${id}`;
  }

  function kernel(id: number): string {
    const known = kernels.get(id);
    if (known !== undefined) return known;
    const name = demangle(textOf(id));
    if (texts.has(id)) kernels.set(id, name);
    return name;
  }

  function stepOf(id: number): number {
    const text = texts.get(id);
    if (text === undefined || !pattern.test(text)) return Number.NaN;
    return Number(/\d+$/.exec(text)?.[0] ?? 0);
  }

  return { set: (id, text) => texts.set(id, text), range: textOf, kernel, stepOf };
}
