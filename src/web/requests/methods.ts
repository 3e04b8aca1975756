import { MethodNotAllowedException } from '@nestjs/common';
import type { RequestHandler } from 'express';

const KNOWN = new Set(['GET', 'HEAD', 'POST']);

/** Pages are read and forms are posted; nothing here understands another method. */
export const onlyKnownMethods: RequestHandler = (request, _response, next) => {
  if (KNOWN.has(request.method)) next();
  else next(new MethodNotAllowedException());
};
