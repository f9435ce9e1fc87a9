// Names of the directions of copies, by their numbers in CUPTI (CUpti_ActivityMemcpyKind).

const directions = [
  'unknown',
  'host-to-device',
  'device-to-host',
  'host-to-array',
  'array-to-host',
  'array-to-array',
  'array-to-device',
  'device-to-array',
  'device-to-device',
  'host-to-host',
  'peer-to-peer',
];

export function copyDirection(kind: number): string {
  return directions[kind] ?? `kind ${kind}`;
}
