// Execution providers of ONNX Runtime: what this installation has, and what to do for one that it has not.

import { listSupportedBackends } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';

/** @throws `provider-unavailable` for a provider that this build of ONNX Runtime does not know. */
export function checkProvider(provider: string): void {
  if (!listSupportedBackends().some(({ name }) => name === provider)) throw providerUnavailable(provider);
}

/** There is no other provider to fall back to: a run on another one would be another measurement. */
export function providerUnavailable(provider: string, reason?: string): MdbenchError {
  const known = listSupportedBackends().map(({ name, bundled }) =>
    bundled ? name : `${name} (not installed with it)`,
  );
  const detail = reason ? ` ONNX Runtime says: ${reason}` : '';
  return new MdbenchError(
    'provider-unavailable',
    `The execution provider ${provider} is not available; this ONNX Runtime has ${known.join(', ')}.${detail}`,
    provider === 'cuda' || provider === 'tensorrt'
      ? 'The CUDA files are not installed with this package. Install them with `ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install` (or set onnxruntime-node-install=cuda12 in .npmrc before `npm ci`); CUDA 12 and cuDNN 9 have to be on the library path.'
      : 'Choose one of these with --provider.',
  );
}
