/** A stylesheet without comments and the space between its parts; strings hold neither. */
export function leanStyle(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}');
}

/** A script of ours without indentation and lines that are comments. */
export function leanScript(script: string): string {
  return withoutIndentation(script.replace(/^\s*(?:\/\/.*|\/\*.*\*\/)\n/gm, ''));
}

export function withoutIndentation(text: string): string {
  return text.replace(/^[ \t]+/gm, '');
}
