import {
  BadRequestException,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import {
  urlencoded,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { plainBody } from '../forms/repeated-fields.js';
import { routedPath } from '../own-path.js';
import type { VisitedRequest } from '../visit.js';
import { formWithFile, receivedBody, type ReadFiles } from './form-with-file.js';

const LIMIT = 64 * 1024;
const FIELDS = 200;

const parse = urlencoded({ extended: false, limit: LIMIT, parameterLimit: FIELDS });

/**
 * Reads a body at once, and does everything else at the turn of whoever sent it. Nothing more is done
 * for those who hung up meanwhile.
 * @throws ServiceUnavailableException when too many wait
 */
export type BodyTurn = <T>(
  read: () => Promise<T>,
  work: (body: T) => Promise<void>,
) => Promise<void>;

/** A form that may come with a file. */
export interface FileForm extends ReadFiles {
  path: string;
  /** Undefined for whoever may not post: nothing of theirs is read. */
  turnOf: (request: Request & VisitedRequest, response: Response) => Promise<BodyTurn | undefined>;
}

/** Reads form posts, and nothing else: each field is one text. */
export function formBody(fileForms: readonly FileForm[]): RequestHandler {
  return async (request, response, next) => {
    const isForm = request.method === 'POST' && hasBody(request);
    if (isForm && request.is('json')) throw new BadRequestException('A form is expected, not JSON');
    const fileForm = isForm
      ? fileForms.find(({ path }) => routedPath(request.path) === path)
      : undefined;
    if (fileForm) {
      await readInTurn(request as Request & VisitedRequest, response, next, fileForm);
      return;
    }
    if (isForm) Object.assign(request, plainBody(await urlencodedOf(request, response)));
    else request.body = {};
    next();
  };
}

async function readInTurn(
  request: Request & VisitedRequest,
  response: Response,
  next: NextFunction,
  fileForm: FileForm,
): Promise<void> {
  const turn = await fileForm.turnOf(request, response);
  if (!turn) {
    request.body = {};
    next();
    return;
  }
  const read = async () => {
    if (!request.is('multipart/form-data')) return just(await urlencodedOf(request, response));
    const whole = await receivedBody(request, fileForm.mostBytes);
    return () => formWithFile(request, whole, fileForm);
  };
  // What is wrong with a body is told at its turn, too: it costs a page.
  const readOrFail = () => read().catch((error: unknown) => () => Promise.reject(error as Error));
  await turn(readOrFail, async (bodyOf) => {
    try {
      Object.assign(request, plainBody(await bodyOf()));
    } catch (error) {
      next(error);
      return;
    }
    next();
  });
}

function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined || request.headers['content-length'] !== '0'
  );
}

function just(body: unknown): () => Promise<unknown> {
  return () => Promise.resolve(body);
}

async function urlencodedOf(request: Request, response: Response): Promise<unknown> {
  if (!request.is('urlencoded')) throw new UnsupportedMediaTypeException();
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
