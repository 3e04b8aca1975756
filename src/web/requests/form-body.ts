import {
  BadRequestException,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { urlencoded, type Request, type RequestHandler, type Response } from 'express';
import { plainBody } from '../forms/repeated-fields.js';
import { readWithFile } from './form-with-file.js';

const LIMIT = 64 * 1024;
const FIELDS = 200;

const parse = urlencoded({ extended: false, limit: LIMIT, parameterLimit: FIELDS });

/**
 * Reads form posts, and nothing else: each field is one text.
 * @param takesFiles the paths of the forms that may come with a file
 */
export function formBody(takesFiles: readonly string[]): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== 'POST' || !hasBody(request)) request.body = {};
    else Object.assign(request, plainBody(await bodyOf(request, response, takesFiles)));
    next();
  };
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || request.headers['content-length'] !== '0'
  );
}

async function bodyOf(
  request: Request,
  response: Response,
  takesFiles: readonly string[],
): Promise<unknown> {
  if (request.is('json')) throw new BadRequestException('A form is expected, not JSON');
  if (request.is('multipart/form-data') && takesFiles.includes(request.path))
    return readWithFile(request);
  if (!request.is('urlencoded')) throw new UnsupportedMediaTypeException();
  return urlencodedOf(request, response);
}

function urlencodedOf(request: Request, response: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // The parser would read a body to its end before it refuses it, and an endless one never.
    let received = 0;
    request.on('data', ({ length }: Buffer) => {
      received += length;
      if (received > LIMIT) reject(new PayloadTooLargeException());
    });
    parse(request, response, (error?: unknown) => {
      if (error) reject(asHttp(error as { status?: number }));
      else resolve(request.body);
    });
  });
}

function asHttp({ status }: { status?: number }): Error {
  if (status === 413) return new PayloadTooLargeException();
  if (status === 415) return new UnsupportedMediaTypeException();
  return new BadRequestException('The form could not be read');
}
