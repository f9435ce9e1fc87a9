// What probe runs showed of a tensor.

export interface TensorFacts {
  readonly type: string;
  /** Dimensions in each probe run; the systems of the probes differ in every count. */
  readonly probes: readonly (readonly number[])[];
}
