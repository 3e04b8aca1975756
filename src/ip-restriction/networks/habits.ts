import { networkAt, networkText, readAddress } from './network.js';

/** The network behind `192.0.2.0/255.255.255.0` and `192.0.2.*`, which people know from routers. */
export function networkMeantBy(typed: string): string | undefined {
  return masked(typed) ?? wildcard(typed);
}

function masked(typed: string): string | undefined {
  const [address = '', mask = ''] = typed.split('/');
  const [read, bits] = [readAddress(address), readAddress(mask)];
  const [, ones] = /^(1{16,32})0*$/.exec(bits?.value.toString(2) ?? '') ?? [];
  if (read?.family !== 4 || bits?.family !== 4 || ones === undefined) return undefined;
  return networkText(networkAt(4, read.value, ones.length));
}

function wildcard(typed: string): string | undefined {
  const [, three, two] = /^(?:(\d+\.\d+\.\d+)\.\*|(\d+\.\d+)\.\*\.\*)$/.exec(typed) ?? [];
  const read = readAddress(three ? `${three}.0` : `${two}.0.0`);
  return read && networkText(networkAt(4, read.value, three ? 24 : 16));
}
