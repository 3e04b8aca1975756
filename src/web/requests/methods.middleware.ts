import { Injectable, MethodNotAllowedException, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const KNOWN = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Pages are read and forms are posted; nothing here understands another method. */
@Injectable()
export class MethodsMiddleware implements NestMiddleware {
  use(request: Request, _response: Response, next: NextFunction): void {
    if (KNOWN.has(request.method)) next();
    else next(new MethodNotAllowedException());
  }
}
