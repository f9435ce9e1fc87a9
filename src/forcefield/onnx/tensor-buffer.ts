// Growable memory of one input tensor, written as plain numbers whatever its element type.

import { Tensor } from 'onnxruntime-node';

export type NumberArray = Float32Array | Float64Array | Int32Array | Uint8Array;

export interface TensorBuffer {
  /**
   * Room for `length` elements, whose old values may be lost: element k is `[k * stride]` of it.
   * int64 is seen as pairs of 32-bit words (stride 2), low word first; the high word is the sign.
   */
  reserve(length: number): NumberArray;
  readonly stride: 1 | 2;
  /** A tensor of `dims` over the memory, without a copy. */
  tensor(dims: readonly number[]): Tensor;
}

export function createTensorBuffer(type: string): TensorBuffer {
  let memory = allocate(type, 0);
  let numbers = numberView(memory);
  return {
    stride: type === 'int64' ? 2 : 1,
    reserve(length) {
      if (length > memory.length) {
        memory = allocate(type, Math.max(length, Math.ceil(1.5 * memory.length)));
        numbers = numberView(memory);
      }
      return numbers;
    },
    tensor(dims) {
      let size = 1;
      for (const dim of dims) size *= dim;
      return new Tensor(type as 'float32', memory.subarray(0, size) as Float32Array, dims);
    },
  };
}

/** Writes `count` integers from `source` as elements `at`, `at + step`, … of a buffer's memory. */
export function writeIntegers(
  source: Int32Array,
  count: number,
  target: NumberArray,
  stride: 1 | 2,
  at = 0,
  step = 1,
): void {
  if (stride === 1) {
    for (let k = 0, t = at; k < count; k++, t += step) target[t] = source[k];
    return;
  }
  for (let k = 0, t = 2 * at; k < count; k++, t += 2 * step) {
    const value = source[k];
    target[t] = value;
    target[t + 1] = value >> 31;
  }
}

function allocate(type: string, length: number): Exclude<NumberArray, never> | BigInt64Array {
  switch (type) {
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'int64':
      return new BigInt64Array(length);
    default:
      return new Uint8Array(length);
  }
}

function numberView(memory: NumberArray | BigInt64Array): NumberArray {
  return memory instanceof BigInt64Array ? new Int32Array(memory.buffer) : memory;
}
