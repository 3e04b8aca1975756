import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ownPath } from './own-path.js';

/** What the application's adapter of HTTP knows of its routes. */
export interface KnowsPages {
  hasPage(path: string): boolean;
  /** Whether forms are sent there. */
  takesForms(path: string): boolean;
}

const TOP = { people: '/', desk: '/desk' } as const;
const AT_DESK = /^\/desk(?:[/?]|$)/i;

/** Which pages there are. */
@Injectable()
export class KnownPages {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Where a sign-in leads: to a page that there is, on its side of the house, otherwise to the TOP page. */
  next(typed: string | undefined, side: keyof typeof TOP = 'people'): string {
    const path = ownPath(typed);
    const [plain = ''] = path.split(/[?#]/);
    const isThere = AT_DESK.test(path) === (side === 'desk') && this.#routes.hasPage(plain);
    return isThere ? path : TOP[side];
  }

  /** No route of customers takes the path. */
  isUnknown(path: string): boolean {
    return !AT_DESK.test(path) && !this.#routes.hasPage(path) && !this.#routes.takesForms(path);
  }

  get #routes(): KnowsPages {
    return this.host.httpAdapter as unknown as KnowsPages;
  }
}
