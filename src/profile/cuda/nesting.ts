// The ranges that are open on one thread, and what they say together: the outermost step, and the phases within it.

/** Equal positions are one record, so that they can be compared by identity. */
export interface Position {
  /** Number of the step, NaN outside; `instance` counts the step ranges of a process, 0 outside. */
  readonly step: number;
  readonly instance: number;
  /** Numbers of names. */
  readonly phases: readonly number[];
}

export interface OpenRange {
  readonly name: number;
  readonly start: number;
  /** What was open when it began, itself included. */
  readonly position: Position;
  /** It lies within a step, is none, and is not within another of its name. */
  readonly phase: boolean;
  readonly mark: boolean;
}

export interface Nesting {
  readonly position: Position;
  /** @param step its number, 0 where its name has none, NaN: no step. @param key of a start, null of a push */
  open(name: number, start: number, step: number, key: bigint | null, instance: number): void;
  /** Closes the last that was pushed; null where none is. */
  pop(): OpenRange | null;
  end(key: bigint): OpenRange | null;
  all(): readonly OpenRange[];
}

interface Entry extends OpenRange {
  readonly key: bigint | null;
  readonly step: number;
  readonly instance: number;
}

const outside: Position = { step: Number.NaN, instance: 0, phases: [] };
const mostOpen = 1024;

export function createNesting(): Nesting {
  const entries: Entry[] = [];
  /** Pushes beyond what is kept, so that their pops close nothing else. */
  let beyond = 0;
  /** Positions of the step that is open, by their phases. */
  let known = new Map<string, Position>();

  function current(): Position {
    return entries.at(-1)?.position ?? outside;
  }

  function open(name: number, start: number, step: number, key: bigint | null, instance: number): void {
    if (entries.length >= mostOpen) {
      if (key === null) beyond++;
      return;
    }
    const position = within(current(), name, step, instance);
    const phase = position.instance > 0 && position !== current() && position.instance === current().instance;
    entries.push({ name, start, step, key, instance, position, phase, mark: false });
  }

  function within(around: Position, name: number, step: number, instance: number): Position {
    if (around.instance > 0) return withPhase(around, name);
    if (Number.isNaN(step)) return outside;
    known = new Map();
    return { step: step > 0 ? step : instance, instance, phases: [] };
  }

  function withPhase(around: Position, name: number): Position {
    if (around.phases.includes(name)) return around;
    const phases = [...around.phases, name];
    const key = `${around.instance} ${phases.join(' ')}`;
    const position = known.get(key) ?? { ...around, phases };
    known.set(key, position);
    return position;
  }

  function pop(): OpenRange | null {
    if (beyond > 0) {
      beyond--;
      return null;
    }
    return remove(entries.findLastIndex(({ key }) => key === null));
  }

  /** Those that were opened after it keep their place, in what is left around them. */
  function remove(k: number): OpenRange | null {
    if (k < 0) return null;
    const [removed] = entries.splice(k, 1);
    for (let i = k; i < entries.length; i++) {
      const around = entries[i - 1]?.position ?? outside;
      const { name, step, instance } = entries[i];
      entries[i] = { ...entries[i], position: within(around, name, step, instance) };
    }
    return removed;
  }

  return {
    get position() {
      return current();
    },
    open,
    pop,
    end: (key) => remove(entries.findIndex((entry) => entry.key === key)),
    all: () => entries,
  };
}
