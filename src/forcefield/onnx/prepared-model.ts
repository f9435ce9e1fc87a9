// What a model file becomes before it runs, and what is asked of that.

import type { OnnxModel } from '../../onnx/model.js';
import type { ModelSummary } from '../../onnx/summary.js';
import type { ForceFieldSpec } from '../../spec/case.js';
import type { ModelPreparation } from '../force-field.js';
import type { Binding } from './binding.js';
import type { ManifestFile } from './manifest-file.js';
import type { SessionSource } from './session.js';

export interface PreparedModel {
  readonly file: OnnxModel;
  readonly manifest: ManifestFile | null;
  /** Of what runs. */
  readonly binding: Binding;
  readonly summary: Pick<ModelSummary, 'precision' | 'needsOneThread'>;
  /** It has an Einsum, which may end the process over an empty neighbor list. */
  readonly diesWhenEmpty: boolean;
  readonly source: SessionSource;
  readonly preparation: ModelPreparation;
}

export type PreparationWishes = Pick<ForceFieldSpec, 'forces' | 'precision' | 'repair' | 'stress'> & {
  /** Of the session; undefined: of a file that any runtime may run. */
  readonly threads?: number;
};

/** What is kept of a prepared model beside its bytes. */
export type ReadyModel = Pick<PreparedModel, 'binding' | 'summary' | 'diesWhenEmpty' | 'preparation'>;

export interface MadeModel {
  readonly ready: ReadyModel;
  /** Null: the file runs as it is. */
  readonly bytes: Uint8Array | null;
}
