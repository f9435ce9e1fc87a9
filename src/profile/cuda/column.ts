// A column of numbers that grows: eight bytes each, no objects.

export interface Column {
  readonly count: number;
  /** The first `count` are in use. */
  readonly values: Float64Array;
  push(value: number): void;
  /** Forgets the first `n`. */
  drop(n: number): void;
}

export function createColumn(): Column {
  let values = new Float64Array(16);
  let count = 0;
  return {
    get count() {
      return count;
    },
    get values() {
      return values;
    },
    push(value) {
      if (count === values.length) {
        const wider = new Float64Array(2 * count);
        wider.set(values);
        values = wider;
      }
      values[count++] = value;
    },
    drop(n) {
      values.copyWithin(0, n, count);
      count -= n;
    },
  };
}
