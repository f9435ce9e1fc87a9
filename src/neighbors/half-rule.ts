// Which of (i, j, S) and (j, i, −S) a half list holds: the one whose displacement points up.

/**
 * True where r_ij = (x, y, z) has z > 0, or z = 0 and y > 0, or z = y = 0 and x > 0; of two atoms at the same place,
 * where j > i. The displacement of the reverse pair is the exact negative, so one of the two is kept, always.
 */
export function isUpper(x: number, y: number, z: number, i: number, j: number): boolean {
  if (z !== 0) return z > 0;
  if (y !== 0) return y > 0;
  return x !== 0 ? x > 0 : j > i;
}
