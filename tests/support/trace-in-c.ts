// A trace that a C program writes with the structs of native/cuda/trace-format.h: the layout is the compiler's.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './cli.js';
import { actions, monotonicOrigin, realtimeOrigin } from './trace-bytes.js';

/** The records of tests/profile/cuda-format.test.ts, but for the one of an unknown kind. */
export function writtenInC(): Uint8Array {
  const folder = temporaryFolder();
  const program = join(folder, 'write.c');
  const t = (ns: number) => `${realtimeOrigin + BigInt(ns)}ull`;
  const m = (ns: number) => `${monotonicOrigin + BigInt(ns)}ull`;
  const put = (type: string, kind: string, fields: string, text = '') =>
    `{ ${type} r = {.head = {${kind}, 0, 0}, ${fields}}; put(&r, sizeof r, "${text}", ${text.length}); }`;
  const lines = [
    put('TraceProcess', 'TRACE_PROCESS', '130001, 13010, 1, 23', 'lmp\\n/opt/libcupti.so.13').replace(
      ', 24)',
      ', 23)',
    ),
    put('TraceState', 'TRACE_STATE', '0, -3, 4, 0', 'fine'),
    put('TraceClock', 'TRACE_CLOCK', `${m(2_000_000)}, ${t(0)}, ${t(0)}`),
    put('TraceName', 'TRACE_NAME', '1, 6', '_Z1fPf'),
    put('TraceName', 'TRACE_NAME', '2, 6', 'step 9'),
    put('TraceRange', 'TRACE_RANGE', `${t(10_000)}, 0, ${actions.push}, 21, 2`),
    put('TraceRange', 'TRACE_RANGE', `${t(15_000)}, 0, ${actions.mark}, 21, 2`),
    put(
      'TraceApi',
      'TRACE_API',
      `${t(20_000)}, ${t(30_000)}, .domain = 4, .function = 307, .thread = 21, .correlation = 5`,
    ),
    put('TraceExternal', 'TRACE_EXTERNAL', '.external = 9, .external_kind = 5, .correlation = 5'),
    put(
      'TraceKernel',
      'TRACE_KERNEL',
      `.start = ${t(40_000)}, .end = ${t(41_000)}, .device = 3, .context = 1, .stream = 14, .correlation = 5,
       .grid = {7, 8, 9}, .block = {10, 11, 12}, .registers = 33, .static_shared = 512, .dynamic_shared = 1024, .name = 1`,
    ),
    put(
      'TraceCopy',
      'TRACE_MEMCPY',
      `.start = ${t(50_000)}, .end = ${t(52_000)}, .bytes = 1ull << 33, .device = 2, .context = 1, .stream = 15,
       .correlation = 6, .copy_kind = 8`,
    ),
    put('TraceCopy', 'TRACE_MEMSET', `${t(53_000)}, ${t(53_500)}, 64, 0, 1, 7, 7`),
    put('TraceRange', 'TRACE_RANGE', `.time = ${t(60_000)}, .action = ${actions.pop}, .thread = 21`),
    put('TraceClock', 'TRACE_CLOCK', `${m(2_100_000)}, ${t(100_000)}, ${t(100_000)}`),
    put('TraceBuffers', 'TRACE_BUFFERS', '9, 4, 0, 0'),
    put('TraceEnd', 'TRACE_END', '9, 9, 1, 8, 5'),
  ];
  writeFileSync(
    program,
    `#include <stdio.h>
#include <string.h>
#include "trace-format.h"
static void put(void* record, size_t size, const char* text, size_t length) {
  static const char zeros[8] = {0};
  size_t all = (size + length + 7) / 8 * 8;
  ((TraceRecord*)record)->bytes = (uint32_t)all;
  fwrite(record, 1, size, stdout);
  fwrite(text, 1, length, stdout);
  fwrite(zeros, 1, all - size - length, stdout);
}
int main(void) {
  TraceHead head = {{0}, TRACE_VERSION, 4711};
  memcpy(head.magic, trace_magic, 8);
  fwrite(&head, 1, sizeof head, stdout);
  ${lines.join('\n  ')}
  return 0;
}
`,
  );
  execFileSync('cc', ['-I', resolve('native/cuda'), '-o', join(folder, 'write'), program]);
  return execFileSync(join(folder, 'write'));
}
