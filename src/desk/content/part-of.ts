import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { ContentKind } from '../../operator-content.js';
import { DeskFactorForPage, DeskForm, type SentForm } from '../../web/access.js';
import { CONTENT_PARTS, type ContentPart } from './content-kinds.js';

/** Injects the part of the TOP page that the path names. */
export const PartOf = createParamDecorator((_: unknown, context: ExecutionContext) =>
  partAt(context.switchToHttp().getRequest<Request>().path),
);

/** The form of an entry, which is saved with a factor given for it. */
export const SentPart = () => applyDecorators(DeskFactorForPage('preview'), DeskForm(formOfPart));

/** Whoever ends an entry enters nothing. */
function formOfPart({ path, body }: SentForm) {
  return body.act === 'end' ? undefined : partAt(path).form;
}

function partAt(path: string): ContentPart<ContentKind> {
  const part = Object.values(CONTENT_PARTS).find((each) => path.startsWith(each.path));
  if (!part) throw new Error('A path that names no part of the TOP page');
  return part as unknown as ContentPart<ContentKind>;
}
