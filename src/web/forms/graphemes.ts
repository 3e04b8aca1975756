/** UTF-16 units of one character as people count them; the longest of names have fewer. */
export const UNITS = 8;
/** A segmenter copies its whole text for each character, so it gets short ones. */
const PIECE = 256;

const segmenter = new Intl.Segmenter('ja');

/** Counts characters as people see them: 𠮷 and a letter with its variation selector are one each. */
export function isLongerThan(most: number, text: string): boolean {
  if (text.length <= most) return false;
  if (text.length > most * UNITS) return true;
  const characters = graphemesOf(text);
  for (let count = 0; count < most; count += 1) if (characters.next().done) return false;
  return !characters.next().done;
}

/** The characters of a text as people see them. */
export function* graphemesOf(text: string): Generator<string, void> {
  let length = PIECE;
  for (let at = 0; at < text.length;) {
    const piece = text.slice(at, endOfPiece(text, at + length));
    const characters = Array.from(segmenter.segment(piece), ({ segment }) => segment);
    // The last one may go on behind the piece.
    const isLast = at + piece.length === text.length;
    const whole = isLast ? characters : characters.slice(0, -1);
    yield* whole;
    at += whole.join('').length;
    length = whole.length === 0 ? length * 2 : PIECE;
  }
}

/** Between the halves of a character, it would seem to be two. */
function endOfPiece(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? '') ? end + 1 : end;
}
