import {
  BadRequestException,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { urlencoded, type Request, type RequestHandler } from 'express';
import { plainBody } from '../forms/repeated-fields.js';

const LIMIT = 64 * 1024;
const FIELDS = 200;

const parse = urlencoded({ extended: false, limit: LIMIT, parameterLimit: FIELDS });

/** Reads form posts, and nothing else: each field is one text. */
export const formBody: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || !hasBody(request)) {
    request.body = {};
    return next();
  }
  if (request.is('json')) return next(new BadRequestException('A form is expected, not JSON'));
  if (!request.is('urlencoded')) return next(new UnsupportedMediaTypeException());
  let isTooLarge = false;
  // The parser would read a body to its end before it refuses it, and an endless one never.
  let received = 0;
  request.on('data', ({ length }: Buffer) => {
    received += length;
    if (received <= LIMIT || isTooLarge) return;
    isTooLarge = true;
    next(new PayloadTooLargeException());
  });
  parse(request, response, (error?: unknown) => {
    if (isTooLarge) return;
    if (error) return next(asHttp(error as { status?: number }));
    try {
      Object.assign(request, plainBody(request.body));
      next();
    } catch (refusal) {
      next(refusal);
    }
  });
};

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || request.headers['content-length'] !== '0'
  );
}

function asHttp({ status }: { status?: number }): Error {
  if (status === 413) return new PayloadTooLargeException();
  if (status === 415) return new UnsupportedMediaTypeException();
  return new BadRequestException('The form could not be read');
}
