import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FormBody } from '../../web/forms/forms.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Visit, VisitedRequest } from '../../web/visit.js';

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

/** Where a request stands: its door, and the run that its URL or, of a post, its form names. */
export interface WizardPlace {
  entrance: Entrance;
  flowId: unknown;
  body: FormBody;
  visit: Visit;
}

export const Here = createParamDecorator((_: unknown, context: ExecutionContext): WizardPlace => {
  const request = context.switchToHttp().getRequest<VisitedRequest & { body: FormBody }>();
  const { method, path, query, body, visit } = request;
  const entrance = path.toLowerCase().startsWith(initiate.path) ? initiate : adminEnrollment;
  // A form that names no run has none: another tab may have begun its own since.
  return { entrance, flowId: method === 'POST' ? (body.flow ?? '') : query.flow, body, visit };
});
