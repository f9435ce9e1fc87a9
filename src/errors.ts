// The one error class of mdbench: a stable code from the table below, a sentence for a person, a hint what to do.

/** Every misuse that mdbench reports, with the exit code of the command line. */
export const errorCodes = {
  usage: 2,
  'file-not-found': 2,
  'not-onnx': 2,
  'truncated-onnx': 2,
  'damaged-onnx': 2,
  'opset-unsupported': 2,
  'external-data-missing': 2,
  'unsupported-operator': 2,
  'session-failed': 2,
  'unbindable-inputs': 2,
  'no-forces-output': 2,
  'not-differentiable': 2,
  'manifest-invalid': 2,
  'unknown-element': 2,
  'unknown-system': 2,
  'structure-invalid': 2,
  'cell-too-small': 2,
  'open-boundaries-only': 2,
  'provider-unavailable': 2,
  'cuda-unavailable': 2,
  'external-failed': 2,
  'option-invalid': 2,
  'suite-invalid': 2,
  'output-not-writable': 2,
  'document-invalid': 2,
  'document-too-new': 2,
  'gates-invalid': 2,
  incomparable: 4,
  'baseline-missing': 4,
  'measurement-failed': 5,
  'gate-unmatched': 5,
  internal: 70,
  aborted: 130,
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** A failure that the user can mend. `message` says what is wrong, `hint` what to do; both are shown as they are. */
export class MdbenchError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message);
    this.name = 'MdbenchError';
    this.code = code;
    this.hint = hint;
  }

  get exitCode(): number {
    return errorCodes[this.code];
  }
}

/** An error as it is, or as an internal one where it is none of ours. */
export function asMdbenchError(error: unknown): MdbenchError {
  if (error instanceof MdbenchError) return error;
  return new MdbenchError('internal', error instanceof Error ? error.message : String(error));
}
