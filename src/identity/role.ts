import { say, type Sentence } from '../web/sentence.js';
import type { Person } from '../web/visit.js';

export type Role = Person['role'];

export const ROLES: Record<Role, Sentence> = {
  administrator: say('管理者'),
  staff: say('担当者'),
};
