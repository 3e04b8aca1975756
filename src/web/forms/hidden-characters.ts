/**
 * Control characters, and what turns or hides the text around it or shows nothing: what Unicode calls
 * ignorable, also where no character is defined yet, and blank letters and symbols.
 */
const HIDDEN =
  /(?!\p{Variation_Selector})[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|[\u2800\u{13441}\u{13442}\u{16FE4}\u{1D159}]/u;

/** Selects the form of a Chinese character; after anything else it is only hidden. */
const STRAY_SELECTOR = /(?<!\p{Script=Han})\p{Variation_Selector}|[\u180B-\u180F]/u;

/** One emoji of several, such as a family, and the colours of one. */
const OF_EMOJI =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=\p{Emoji})[\uFE0E\uFE0F]/u;

const HIDDEN_IN_TEXT = new RegExp(
  `(?!${OF_EMOJI.source})(?![\\n\\t])(?:${HIDDEN.source}|${STRAY_SELECTOR.source})`,
  'gu',
);

const ALL_HIDDEN = new RegExp(`${HIDDEN.source}|${STRAY_SELECTOR.source}`, 'gu');

export function holdsHidden(line: string): boolean {
  return HIDDEN.test(line) || STRAY_SELECTOR.test(line);
}

/** What everybody sees of a text, in the order in which it stands; line ends, tabs and emoji stay. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN_IN_TEXT, '');
}

/** The same text with each of them as its code, such as ［U+202E］. */
export function withHiddenMarked(line: string): string {
  return line.replace(ALL_HIDDEN, (sign) => {
    const code = sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return `［U+${code}］`;
  });
}
