import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ownPath } from './own-path.js';

/** What the application's adapter of HTTP knows of its routes. */
export interface KnowsPages {
  hasPage(path: string): boolean;
}

const TOP = { people: '/', desk: '/desk' } as const;
const AT_DESK = /^\/desk(?:[/?]|$)/;

/** Where a sign-in leads: to a page that there is, on its side of the house, otherwise to the TOP page. */
@Injectable()
export class KnownPages {
  constructor(private readonly host: HttpAdapterHost) {}

  next(typed: string | undefined, side: keyof typeof TOP = 'people'): string {
    const path = ownPath(typed);
    const [plain = ''] = path.split(/[?#]/);
    const routes = this.host.httpAdapter as unknown as KnowsPages;
    const isThere = AT_DESK.test(path) === (side === 'desk') && routes.hasPage(plain);
    return isThere ? path : TOP[side];
  }
}
