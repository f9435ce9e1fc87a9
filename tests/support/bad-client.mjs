// An i-PI client that goes wrong, for tests: node bad-client.mjs unix:NAME|HOST:PORT <fault> <call>. It reads messages as
// they come, answers zero forces, and from force call <call> on does what the fault says; `owing` begins with an answer that
// nobody has fetched.

import { connect } from 'node:net';

const [address, fault, from] = process.argv.slice(2);
const bad = Number(from);
process.stderr.write('bad client starts\n');
if (fault === 'absent') setInterval(() => {}, 1000);
else if (fault === 'early-death') {
  process.stderr.write('no licence for this machine\n');
  process.exit(3);
} else run();

function run() {
  const [host, port] = address.split(':');
  const socket = host === 'unix' ? connect(`/tmp/ipi_${port}`) : connect(Number(port), host);
  let input = Buffer.alloc(0);
  let atoms = 0;
  let hasData = fault === 'owing';
  let call = 0;
  socket.on('end', () => process.exit(0));
  socket.on('data', (chunk) => {
    input = Buffer.concat([input, chunk]);
    for (let used = step(); used > 0; used = step()) input = input.subarray(used);
  });

  function step() {
    if (input.length < 12) return 0;
    const header = input.toString('latin1', 0, 12).trim();
    if (header === 'STATUS') {
      if (hasData && call === bad && fault === 'garbage') socket.write('HTTP/1.1 400');
      else socket.write((hasData ? 'HAVEDATA' : 'READY').padEnd(12));
      return 12;
    }
    if (header === 'POSDATA') {
      if (input.length < 160) return 0;
      const size = 160 + 24 * input.readInt32LE(156);
      if (input.length < size) return 0;
      atoms = input.readInt32LE(156);
      hasData = true;
      call++;
      if (call === bad && fault === 'death') {
        process.stderr.write('Traceback: the sky fell\nRuntimeError: out of luck\n');
        process.exit(7);
      }
      if (call === bad && fault === 'segfault') process.kill(process.pid, 'SIGSEGV');
      return call === bad && fault === 'stall' ? stall() : size;
    }
    if (header === 'GETFORCE') {
      answer();
      hasData = false;
      return 12;
    }
    process.exit(0);
  }

  function answer() {
    const count = call === bad && fault === 'count' ? atoms + 1 : atoms;
    const message = Buffer.alloc(24 + 24 * count + 76);
    message.write('FORCEREADY  ', 'latin1');
    message.writeInt32LE(count, 20);
    if (call === bad && fault === 'nan-force') message.writeDoubleLE(Number.NaN, 24 + 8);
    if (call === bad && fault === 'nan-energy') message.writeDoubleLE(Number.NaN, 12);
    if (call === bad && fault === 'extras') message.writeInt32LE(-5, message.length - 4);
    if (call === bad && (fault === 'half' || fault === 'half-death')) {
      socket.write(message.subarray(0, 60), () => fault === 'half-death' && process.exit(1));
      stall();
    } else socket.write(message);
  }

  /** Says nothing any more, and does not mind being asked to end. */
  function stall() {
    process.on('SIGTERM', () => {});
    socket.pause();
    setInterval(() => {}, 1000);
    return 0;
  }
}
