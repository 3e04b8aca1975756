import {
  BadRequestException,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { urlencoded, type Request, type RequestHandler, type Response } from 'express';
import { plainBody } from '../forms/repeated-fields.js';
import type { Visit, VisitedRequest } from '../visit.js';
import { readWithFile, type ReadFiles } from './form-with-file.js';

const LIMIT = 64 * 1024;
const FIELDS = 200;

const parse = urlencoded({ extended: false, limit: LIMIT, parameterLimit: FIELDS });

/** A form that may come with a file. */
export interface FileForm extends ReadFiles {
  path: string;
  /**
   * Nothing of a file is read that comes from anybody else. Where only the cookie's shape is looked
   * at, a forged one has as much read as `readWithFile` reads of anybody.
   */
  mayPost: (visit: Visit) => boolean | Promise<boolean>;
}

/** Reads form posts, and nothing else: each field is one text. */
export function formBody(fileForms: readonly FileForm[]): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== 'POST' || !hasBody(request)) request.body = {};
    else
      Object.assign(
        request,
        plainBody(await bodyOf(request as Request & VisitedRequest, response, fileForms)),
      );
    next();
  };
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || request.headers['content-length'] !== '0'
  );
}

async function bodyOf(
  request: Request & VisitedRequest,
  response: Response,
  fileForms: readonly FileForm[],
): Promise<unknown> {
  if (request.is('json')) throw new BadRequestException('A form is expected, not JSON');
  const fileForm = fileForms.find(({ path }) => path === request.path);
  if (fileForm && request.is('multipart/form-data'))
    return (await fileForm.mayPost(request.visit)) ? readWithFile(request, fileForm) : {};
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
