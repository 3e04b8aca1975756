import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import type { Request } from 'express';
import { textOfFile } from '../csv/csv-file.js';

/** Five hundred people with long names in each column fit in. */
const LIMIT = 512 * 1024;
const FIELDS = 20;

/**
 * Reads a form that may come with a file. A chosen file stands, as text, in place of the text field
 * with its name, so that whatever keeps, repeats or shows forms again knows texts alone.
 */
export async function readWithFile(request: Request): Promise<Record<string, unknown>> {
  const entries = [...(await parsed(request))];
  if (entries.length > FIELDS) throw new PayloadTooLargeException();
  const texts = entries.filter(([, value]) => typeof value === 'string');
  const body = Object.fromEntries(
    texts.map(([name]) => [name, valueOf(texts.filter((one) => one[0] === name))]),
  );
  for (const [name, file] of entries)
    if (file instanceof File && file.size > 0) body[name] = await textIn(file);
  return body;
}

async function parsed(request: Request): Promise<FormData> {
  const headers = { 'content-type': request.headers['content-type']! };
  const whole = await received(request);
  try {
    return await new Response(new Uint8Array(whole), { headers }).formData();
  } catch {
    throw new BadRequestException('The form could not be read');
  }
}

/** The rest of a body that is too large is read by nobody, and the answer goes out all the same. */
async function received(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > LIMIT) throw new PayloadTooLargeException();
  }
  return Buffer.concat(chunks);
}

function valueOf(entries: [string, unknown][]): unknown {
  const values = entries.map(([, value]) => value);
  return values.length === 1 ? values[0] : values;
}

/** A NUL says that the file is no text, which its reader explains better than an error page. */
async function textIn(file: File): Promise<string> {
  return textOfFile(new Uint8Array(await file.arrayBuffer())).replaceAll('\0', '\uFFFD');
}
