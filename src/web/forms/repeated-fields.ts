import {
  BadRequestException,
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { FormBody } from './forms.js';

/** Fields that came more than once, or with brackets in their names. */
export type Lists = Readonly<Record<string, readonly string[]>>;

export type FormRequest = Request & {
  body: FormBody;
  lists?: Lists;
  /** What answers a question that stands before the form (auth/confirmation), and is no part of it. */
  answers?: FormBody;
};

export function isAnswered(answers: FormBody = {}): boolean {
  return Object.keys(answers).length > 0;
}

const LISTS = 'lists';
const ROW = /^(\w+)\[(\d{1,3})\]\[(\w+)\]$/;

/** The fields that a handler takes more than once (`accountId`), or as rows (`entries[0][label]`). */
export const TakesLists = (...names: string[]) => SetMetadata(LISTS, names);

/** It takes any of them, and does nothing with them but keep them. */
export const TakesAnyLists = () => SetMetadata(LISTS, 'any');

/** Refuses lists that the handler does not take: elsewhere each field is one text. */
@Injectable()
export class ListsGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { lists } = requestOf(context);
    if (!lists) return true;
    const taken = this.reflector.get<string[] | 'any'>(LISTS, context.getHandler()) ?? [];
    if (taken === 'any') return true;
    for (const [name, values] of Object.entries(lists)) {
      const row = ROW.exec(name);
      const isFine = row ? taken.includes(row[1]!) && values.length === 1 : taken.includes(name);
      if (!isFine)
        throw new BadRequestException(`The field ${JSON.stringify(name)} is no single text`);
    }
    return true;
  }
}

/** All values of a field that may come more than once, in the order of the form. */
export const ListOf = createParamDecorator((name: string, context: ExecutionContext): string[] => {
  const { body, lists = {} } = requestOf(context);
  const single = body[name];
  return single === undefined ? [...(lists[name] ?? [])] : [single];
});

/** The rows `name[0][field]`, `name[1][field]`, … in the order of their numbers. */
export const RowsOf = createParamDecorator(
  (name: string, context: ExecutionContext): FormBody[] => {
    const rows: Record<string, string>[] = [];
    for (const [field, [value = '']] of Object.entries(requestOf(context).lists ?? {})) {
      const [, list, place, cell] = ROW.exec(field) ?? [];
      if (list === name) (rows[Number(place)] ??= {})[cell!] = value;
    }
    return rows.filter((row) => row !== undefined);
  },
);

/**
 * The body of a form post: its single fields, and apart from them those that came more than once or
 * with brackets in their names.
 * @throws BadRequestException for NUL characters
 */
export function plainBody(body: unknown): { body: FormBody; lists: Lists } {
  const fields = Object.entries((body ?? {}) as Record<string, string | string[]>);
  if (fields.some(([name, value]) => name.includes('\0') || [value].flat().join().includes('\0')))
    throw new BadRequestException('A field holds a NUL');
  const lists = fields
    .filter((field) => !isSingle(field))
    .map(([name, value]) => [name, [value].flat()]);
  return {
    body: Object.fromEntries(fields.filter(isSingle)) as FormBody,
    lists: Object.fromEntries(lists) as Lists,
  };
}

function isSingle([name, value]: [string, unknown]): boolean {
  return typeof value === 'string' && !/[[\]]/.test(name);
}

function requestOf(context: ExecutionContext): FormRequest {
  return context.switchToHttp().getRequest<FormRequest>();
}
