import { encode } from 'uqr';

/** White around it, in modules, as readers need it. */
const QUIET = 4;

/** A QR picture as one path of unit squares, in a square of `size`. */
export function qrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return { path: path.join(''), size };
}
