// A program: the client that computes nothing, so that what is left of a force call is its round trip. argv: the address.

import { addressOf } from './address.js';
import { createChannel } from './channel.js';
import { answerDriver } from './client.js';
import { connectTo } from './connection.js';
import { plainUnits } from './units.js';

const address = addressOf(process.argv[2] ?? '');
if (address === null) throw new Error(`no address: ${process.argv[2]}`);
const channel = createChannel(await connectTo(address, 0), Number.POSITIVE_INFINITY);
await answerDriver(channel, {
  wantsInit: false,
  initialise: () => plainUnits,
  respond(_question, output) {
    output.energy = 0;
  },
});
channel.close();
