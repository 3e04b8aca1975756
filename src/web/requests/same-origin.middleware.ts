import { ForbiddenException, Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '../../config.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses posts that another site's page caused; browsers name the origin themselves. */
@Injectable()
export class SameOriginMiddleware implements NestMiddleware {
  constructor(private readonly config: Config) {}

  use(request: Request, _response: Response, next: NextFunction): void {
    if (SAFE.has(request.method) || this.#isOwn(request)) next();
    else next(new ForbiddenException('The request comes from another site'));
  }

  #isOwn(request: Request): boolean {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none';
    return request.headers.origin === this.config.publicUrl;
  }
}
