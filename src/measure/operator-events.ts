// Reads the file of ONNX Runtime's own profile line by line: it may have hundreds of megabytes.

import { createReadStream } from 'node:fs';
import { MdbenchError } from '../errors.js';
import { createEventLog, type EventLog } from '../profile/index.js';

/** Characters. The longest events, of nodes with hundreds of inputs, have some ten thousand. */
const longestLine = 4_000_000;

/** @throws `measurement-failed` where the file is no profile */
export async function readProfileFile(path: string): Promise<EventLog> {
  const log = createEventLog();
  let rest = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > longestLine) throw lineTooLong(path);
    for (const line of lines) log.add(line);
  }
  log.add(rest);
  return log.finish();
}

function lineTooLong(path: string): MdbenchError {
  return new MdbenchError(
    'measurement-failed',
    `${path} has a line of more than ${longestLine} characters: it is no profile as ONNX Runtime writes them.`,
    'Its format may have changed with another version of onnxruntime-node; the table of operators has to do without.',
  );
}
