// What is known of a correlation number: the step it was launched in, and the API call that did it. Bounded memory:
// two generations of at most `most` numbers; when the young one is full, the old one is dropped and they change places.

/** Times are CUPTI's, ns; NaN: not known (yet). */
export interface Launch {
  step: number;
  start: number;
  end: number;
  thread: number;
  /** True: it is in the generation that is dropped next. */
  leaving: boolean;
}

export interface Correlations {
  readonly full: boolean;
  setStep(correlation: number, step: number): void;
  /** A runtime call and the driver call within it share a number: the outer one counts. */
  setCall(correlation: number, start: number, end: number, thread: number): void;
  /** Into `launch`; false where nothing is known. */
  find(correlation: number, launch: Launch): boolean;
  rotate(): void;
}

export function createCorrelations(most: number): Correlations {
  let young = createGeneration();
  let old = createGeneration();

  return {
    get full() {
      return young.count >= most;
    },
    setStep(correlation, step) {
      const slot = slotFor(young, correlation);
      young.steps[slot] = step;
    },
    setCall(correlation, start, end, thread) {
      const slot = slotFor(young, correlation);
      if (!(young.starts[slot] <= start)) young.starts[slot] = start;
      if (!(young.ends[slot] >= end)) young.ends[slot] = end;
      young.threads[slot] = thread;
    },
    find(correlation, launch) {
      launch.step = Number.NaN;
      launch.start = Number.NaN;
      launch.end = Number.NaN;
      const inYoung = readInto(young, correlation, launch);
      launch.leaving = readInto(old, correlation, launch);
      return inYoung || launch.leaving;
    },
    rotate() {
      [old, young] = [young, old];
      clear(young);
    },
  };
}

interface Generation {
  count: number;
  /** 0: the slot is free; CUPTI's numbers begin with 1. */
  keys: Uint32Array;
  steps: Float64Array;
  starts: Float64Array;
  ends: Float64Array;
  threads: Uint32Array;
}

function createGeneration(slots = 1024): Generation {
  return {
    count: 0,
    keys: new Uint32Array(slots),
    steps: new Float64Array(slots).fill(Number.NaN),
    starts: new Float64Array(slots).fill(Number.NaN),
    ends: new Float64Array(slots).fill(Number.NaN),
    threads: new Uint32Array(slots),
  };
}

/** Keeps its memory, so that a long trace takes no more of it than a short one. */
function clear(generation: Generation): void {
  generation.count = 0;
  generation.keys.fill(0);
  generation.steps.fill(Number.NaN);
  generation.starts.fill(Number.NaN);
  generation.ends.fill(Number.NaN);
}

/** The slot of a key, or the free one where it belongs. Numbers come one after another: they spread by themselves. */
function slotOf({ keys }: Generation, key: number): number {
  const mask = keys.length - 1;
  let slot = Math.imul(key, 0x9e3779b1) & mask;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
  return slot;
}

function slotFor(generation: Generation, key: number): number {
  const slot = slotOf(generation, key);
  if (generation.keys[slot] === key) return slot;
  if (2 * generation.count >= generation.keys.length) {
    widen(generation);
    return slotFor(generation, key);
  }
  generation.keys[slot] = key;
  generation.count++;
  return slot;
}

function widen(generation: Generation): void {
  const narrow = { ...generation };
  Object.assign(generation, createGeneration(2 * narrow.keys.length));
  generation.count = narrow.count;
  narrow.keys.forEach((key, from) => {
    if (key === 0) return;
    const slot = slotOf(generation, key);
    generation.keys[slot] = key;
    generation.steps[slot] = narrow.steps[from];
    generation.starts[slot] = narrow.starts[from];
    generation.ends[slot] = narrow.ends[from];
    generation.threads[slot] = narrow.threads[from];
  });
}

/** Fills in what `launch` does not know yet. */
function readInto(generation: Generation, key: number, launch: Launch): boolean {
  const slot = slotOf(generation, key);
  if (key === 0 || generation.keys[slot] !== key) return false;
  if (Number.isNaN(launch.step)) launch.step = generation.steps[slot];
  if (Number.isNaN(launch.start)) {
    launch.start = generation.starts[slot];
    launch.end = generation.ends[slot];
    launch.thread = generation.threads[slot];
  }
  return true;
}
