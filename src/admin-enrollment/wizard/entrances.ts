import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { say, type Sentence } from '../../web/sentence.js';

/** The doors to the same wizard: what differs is the opening page, the condition and the words. */
export interface Entrance {
  kind: 'initial' | 'succession';
  path: '/initiate' | '/admin-enrollment';
  title: Sentence;
  completedTitle: Sentence;
}

export const initiate: Entrance = {
  kind: 'initial',
  path: '/initiate',
  title: say('新規登録'),
  completedTitle: say('新規登録受付完了'),
};

export const adminEnrollment: Entrance = {
  kind: 'succession',
  path: '/admin-enrollment',
  title: say('管理担当者追加登録'),
  completedTitle: say('管理者追加登録完了'),
};

export function behindBothDoors(step = ''): string[] {
  return [initiate, adminEnrollment].map(({ path }) => `${path.slice(1)}${step}`);
}

export const CurrentEntrance = createParamDecorator(
  (_: unknown, context: ExecutionContext): Entrance => {
    const { path } = context.switchToHttp().getRequest<Request>();
    return path.toLowerCase().startsWith(initiate.path) ? initiate : adminEnrollment;
  },
);
