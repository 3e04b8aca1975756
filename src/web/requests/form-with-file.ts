import { createHash } from 'node:crypto';
import { MIMEType } from 'node:util';
import {
  BadRequestException,
  createParamDecorator,
  PayloadTooLargeException,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import { textOfFile } from '../csv/csv-file.js';
import { UNREAD_FILE, whyUnread } from '../csv/unread-file.js';
import { FileTooLarge } from '../file-too-large.js';

/** Five hundred people with long names in each column fit in. */
export const SHORT_FILE = 512 * 1024;
const FIELDS = 20;
const LONGEST_FILE_NAME = 100;
const NAME_IN_HEAD = /^Content-Disposition:.*; filename="([^"]+)"/im;

/** The field with the name of the file that stands in place of a text. */
const FILE_NAME = 'fileName';

export interface ReadFiles {
  /** Of the whole form. */
  mostBytes: number;
  /** The file stays beside the form, which has its digest in place of a text. */
  isKeptAside?: boolean;
}

/** As it came. */
export interface ChosenFile {
  name: string;
  bytes: Uint8Array;
  /** SHA-256 in hexadecimal. */
  digest: string;
}

type RequestWithFile = Request & { chosenFile?: ChosenFile };

/** Injects the file of a form that keeps it aside; undefined when none was chosen. */
export const FileOfForm = createParamDecorator(
  (_: unknown, context: ExecutionContext): ChosenFile | undefined =>
    context.switchToHttp().getRequest<RequestWithFile>().chosenFile,
);

/**
 * A form that may come with a file. A chosen file stands, as text, in place of the text field
 * with its name, so that whatever keeps, repeats or shows forms again knows texts alone. A file that
 * is no text leaves that field as it was typed, and `UNREAD_FILE` says why.
 */
export async function formWithFile(
  request: RequestWithFile,
  whole: Buffer,
  { isKeptAside = false }: ReadFiles,
): Promise<Record<string, unknown>> {
  const entries = [...(await parsed(request, whole))];
  const texts = entries.filter(([, value]) => typeof value === 'string');
  const body = Object.fromEntries(
    texts.map(([name]) => [name, valueOf(texts.filter((one) => one[0] === name))]),
  );
  delete body[UNREAD_FILE];
  delete body[FILE_NAME];
  for (const [name, file] of entries)
    if (file instanceof File && file.name !== '') {
      const chosen = await chosenFile(file);
      const why = whyUnread(chosen.bytes);
      if (why !== undefined) body[UNREAD_FILE] = why;
      else body[FILE_NAME] = chosen.name;
      if (why === undefined) body[name] = isKeptAside ? chosen.digest : textOfFile(chosen.bytes);
      if (why === undefined && isKeptAside) request.chosenFile = chosen;
    }
  return body;
}

async function chosenFile(file: File): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { name: shown(file.name), bytes, digest };
}

/** Without what would write over the words beside it. */
function shown(fileName: string): string {
  return fileName.replace(/\p{C}/gu, '').slice(0, LONGEST_FILE_NAME);
}

async function parsed(request: Request, whole: Buffer): Promise<FormData> {
  const contentType = request.headers['content-type']!;
  try {
    if (!hasTooManyParts(whole, contentType))
      return await new Response(new Uint8Array(whole), {
        headers: { 'content-type': contentType },
      }).formData();
  } catch {
    throw new BadRequestException('The form could not be read');
  }
  throw new PayloadTooLargeException();
}

/** The parser makes an object of each part before it tells how many there are. */
function hasTooManyParts(body: Buffer, contentType: string): boolean {
  const delimiter = `--${new MIMEType(contentType).params.get('boundary')}`;
  let at = -1;
  // The last part has one behind it, too.
  for (let delimiters = 0; delimiters < FIELDS + 2; delimiters += 1) {
    at = body.indexOf(delimiter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** The rest of a body that is too large is read by nobody, and the answer goes out all the same. */
export async function receivedBody(request: Request, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > mostBytes) throw new FileTooLarge(fileNameIn(chunks), mostBytes / 1024);
  }
  return Buffer.concat(chunks);
}

function valueOf(entries: [string, unknown][]): unknown {
  const values = entries.map(([, value]) => value);
  return values.length === 1 ? values[0] : values;
}

function fileNameIn(chunks: Buffer[]): string {
  return shown(NAME_IN_HEAD.exec(Buffer.concat(chunks).toString())?.[1] ?? '');
}
