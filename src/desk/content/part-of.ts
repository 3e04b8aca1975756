import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { ContentKind } from '../../operator-content.js';
import { CONTENT_PARTS, type ContentPart } from './content-kinds.js';

/** Injects the part of the TOP page that the path names. */
export const PartOf = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { path } = context.switchToHttp().getRequest<Request>();
  const part = Object.values(CONTENT_PARTS).find((each) => path.startsWith(each.path));
  if (!part) throw new Error('A path that names no part of the TOP page');
  return part as unknown as ContentPart<ContentKind>;
});
