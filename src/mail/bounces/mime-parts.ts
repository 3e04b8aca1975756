/** A part of a message. The body has a character for each byte until it is decoded. */
export interface MimePart {
  /** By their names in small letters; of several with one name the first. */
  headers: ReadonlyMap<string, string>;
  /** `text/plain`, in small letters. */
  type: string;
  parameters: ReadonlyMap<string, string>;
  body: string;
}

const MOST_HEADERS = 200;
const LONGEST_HEADER = 4_000;
const DEEPEST = 5;
const MOST_PARTS = 40;

/** @param text with a character for each byte, and `\n` at the ends of lines */
export function partOf(text: string): MimePart {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end === -1 ? text : text.slice(0, end);
  const headers = headersOf(head);
  const [type = '', ...rest] = (headers.get('content-type') ?? 'text/plain').split(';');
  return {
    headers,
    type: type.trim().toLowerCase(),
    parameters: new Map(rest.slice(0, MOST_PARTS).map(parameterOf)),
    body: end === -1 ? '' : text.slice(head === '' ? 1 : end + 2),
  };
}

/** What is in no multipart of the message any more. A message in it stays closed: it is the one that came back. */
export function leavesOf(message: MimePart): MimePart[] {
  const leaves: MimePart[] = [];
  gather(message, 0, leaves);
  return leaves;
}

function gather(part: MimePart, depth: number, leaves: MimePart[]): void {
  const boundary = part.parameters.get('boundary');
  if (!part.type.startsWith('multipart/') || !boundary) leaves.push(part);
  else if (depth < DEEPEST)
    for (const inner of between(part.body, `--${boundary}`)) {
      if (leaves.length >= MOST_PARTS) return;
      gather(partOf(inner), depth + 1, leaves);
    }
}

function between(body: string, delimiter: string): string[] {
  const parts: string[][] = [];
  for (const line of body.split('\n')) {
    const bare = line.trimEnd();
    if (bare === `${delimiter}--`) break;
    if (bare === delimiter) {
      if (parts.length >= MOST_PARTS) break;
      parts.push([]);
    } else parts.at(-1)?.push(line);
  }
  return parts.map((lines) => lines.join('\n'));
}

/** Fields as headers and delivery reports have them, with folded lines put together. */
export function headersOf(head: string): Map<string, string> {
  const headers = new Map<string, string>();
  const lines: string[] = [];
  for (const line of head.split('\n', MOST_HEADERS * 5)) {
    const isFolded = /^[ \t]/.test(line) && lines.length > 0;
    if (isFolded) lines.push(`${lines.pop()!} ${line.trim()}`.slice(0, LONGEST_HEADER));
    else if (lines.length < MOST_HEADERS) lines.push(line.slice(0, LONGEST_HEADER));
  }
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function parameterOf(text: string): [string, string] {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  return [name.trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}

/** The body in characters, whatever it was encoded in. */
export function textOfPart({ headers, parameters, body }: MimePart): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1');
  const text = decoderOf(parameters.get('charset')).decode(bytes);
  return text.replaceAll('\r\n', '\n');
}

function unquoted(body: string): string {
  return body
    .replace(/=\n/g, '')
    .replace(/=([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function decoderOf(charset = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
