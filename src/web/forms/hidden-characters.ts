/** Control characters, and what turns or hides the text around it or shows nothing. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5/u;

/** Selects the form of a Chinese character; after anything else it is only hidden. */
const STRAY_SELECTOR = /(?<!\p{Script=Han})[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]|[\u180B-\u180F]/u;

/** One emoji of several, such as a family, and the colours of one. */
const OF_EMOJI =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=\p{Emoji})[\uFE0E\uFE0F]/u;

const HIDDEN_IN_TEXT = new RegExp(
  `(?!${OF_EMOJI.source})(?![\\n\\t])(?:${HIDDEN.source}|${STRAY_SELECTOR.source})`,
  'gu',
);

export function holdsHidden(line: string): boolean {
  return HIDDEN.test(line) || STRAY_SELECTOR.test(line);
}

/** What everybody sees of a text, in the order in which it stands; line ends, tabs and emoji stay. */
export function withoutHidden(text: string): string {
  return text.replace(HIDDEN_IN_TEXT, '');
}
