// A worker of the protocol that does as its script says: steps of a given length, and one fault at a given place.
// node scripted-worker.mjs '{"name","log","stepTime","slowness","fault":{"on","count","process","kind"}}'

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const script = JSON.parse(process.argv[2]);
const {
  name,
  log,
  stepTime = 1,
  fault = null,
  threads = 1,
  sessions = true,
  factors = [],
  slowness = [],
} = script;
const earlier = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
const ordinal = earlier.filter((line) => line.includes(`"${name}"`) && line.includes('"start"')).length;
const counts = {};

function note(request, begun, ended) {
  appendFileSync(log, `${JSON.stringify({ name, pid: process.pid, ordinal, ...request, begun, ended })}\n`);
}

function say(reply) {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Whether the fault has come; most faults say all that is said. */
function strike(type) {
  counts[type] = (counts[type] ?? -1) + 1;
  if (fault?.on !== type || counts[type] !== (fault.count ?? 0)) return null;
  if (ordinal !== (fault.process ?? 0)) return null;
  if (fault.kind === 'crash') {
    process.stderr.write('Error: the dice fell badly\n');
    process.exit(3);
  }
  if (fault.kind === 'half-line') {
    process.stdout.write('{"type":"seg', () => process.exit(0));
  } else if (fault.kind === 'garbage') process.stdout.write('Loading the model ...\n');
  else if (fault.kind === 'unknown') say({ type: 'coffee' });
  else if (fault.kind === 'failed')
    say({ type: 'failed', code: 'nan-energy', message: 'Energy is not a number.', hint: 'Smaller steps.' });
  else if (fault.kind === 'slow') sleep(fault.milliseconds);
  return fault.kind;
}

const replies = {
  prepare: () => ({ type: 'prepared', workload: { forceField: name, threads } }),
  'warm-up': () => ({ type: 'warmed', steps: 10, elapsed: 10, settled: true, stepTime }),
  session: () => ({ type: sessions ? 'session' : 'unsupported' }),
  segment({ steps }, kind) {
    sleep(steps * stepTime * (slowness[ordinal] ?? 1));
    const time = kind === 'nan' ? Number.NaN : stepTime * (factors[ordinal] ?? 1);
    const metrics = kind === 'missing' ? { other: 1 } : { 'step-time-p50': time, 'step-time-mean': time };
    return {
      type: 'segment',
      steps: kind === 'other-steps' ? 2 * steps : steps,
      elapsed: steps * stepTime,
      metrics,
    };
  },
  end: () => ({ type: 'ended', peakRss: 1e6 }),
};

note({ type: 'start' }, Date.now(), Date.now());
const start = strike('start');
if (start === null || start === 'slow') say({ type: 'ready', protocol: 1 });
if (start === 'version') say({ type: 'ready', protocol: 99 });
createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  const begun = Date.now();
  const kind = strike(request.type);
  if (['hang', 'half-line', 'garbage', 'unknown', 'failed'].includes(kind)) return;
  const reply = replies[request.type](request, kind);
  note(request, begun, Date.now());
  say(reply);
  if (kind === 'unasked') say(reply);
  if (request.type === 'end' && !script.stays) process.exit(0);
});
if (script.stays) {
  setInterval(() => {}, 1000);
  process.on('SIGTERM', () => {});
}
