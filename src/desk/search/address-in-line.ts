import { parseAddress, withoutPort } from '../../web/requests/client-address.js';

/** Or nearly so; a port or the length of a network may follow. */
const LIKE_ADDRESS = /(?<!\w)\[?[\da-f:.]*\d[\da-f:.]*\]?(?::\d{1,5})?(?:\/\d{1,3})?(?!\w)/giu;

/** The first address of a network in a line. @returns as error pages show it, and the line without it */
export function addressIn(code: string): { address?: string; rest: string } {
  for (const { 0: like, index } of code.matchAll(LIKE_ADDRESS)) {
    // The colon is of the label before it.
    const plain = withoutPort(like.replace(/^:(?!:)|\/\d+$|\.$/g, ''));
    const address = parseAddress(plain)?.toString();
    if (address)
      return { address, rest: `${code.slice(0, index)} ${code.slice(index + like.length)}` };
  }
  return { rest: code };
}
