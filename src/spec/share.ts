// Shares as people write them: `3%`, `3 %` or 0.03.

import { MdbenchError } from '../errors.js';

export const shareText = /^\s*\+?(\d+(\.\d*)?|\.\d+)\s*%\s*$/;
const plainNumber = /^\s*\+?(\d+(\.\d*)?|\.\d+)\s*$/;

/**
 * @param what the option or key that it was given for, as the message names it
 * @returns a share from 0 up to, but not including, 1
 * @throws MdbenchError(option-invalid)
 */
export function parseShare(text: string, what = 'The share'): number {
  const share = shareText.test(text)
    ? Number.parseFloat(text) / 100
    : plainNumber.test(text)
      ? Number(text)
      : Number.NaN;
  if (share >= 0 && share < 1) return share;
  throw new MdbenchError(
    'option-invalid',
    `${what} must be a share below 100 %, such as 3% or 0.03 (received ${text}).`,
    plainNumber.test(text) && Number(text) < 100
      ? `For ${Number(text)} percent write ${Number(text)}%.`
      : undefined,
  );
}
