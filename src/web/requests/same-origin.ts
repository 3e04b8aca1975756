import { ForbiddenException } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config.js';

const SAFE = new Set(['GET', 'HEAD']);

/** Refuses posts that another site's page caused; browsers name the origin themselves. */
export function onlyOwnPosts({ publicUrl }: Config): RequestHandler {
  return (request, _response, next) => {
    if (SAFE.has(request.method) || isOwn(request, publicUrl)) next();
    else next(new ForbiddenException('The request comes from another site'));
  };
}

function isOwn({ headers }: Request, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  return headers.origin === publicUrl;
}
