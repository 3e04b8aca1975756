import { defineEntity, p } from '@mikro-orm/core';
import { Corporation } from '../corporations/corporation.entity.js';

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    corporation: () => p.manyToOne(Corporation),
    role: p.enum(['staff', 'administrator'] as const),
    state: p.enum(['registered', 'active', 'suspended', 'deleted'] as const),
    loginId: p.string(),
    loginIdKey: p.string().unique(),
    name: p.string(),
    nameKana: p.string(),
    department: p.string().default(''),
    phone: p.string().default(''),
    email: p.string(),
    emailKey: p.string(),
    searchKey: p.string(),
    passwordHash: p.string().lazy(),
    language: p.enum(['ja', 'en'] as const).default('ja'),
    activatedAt: p.datetime().nullable(),
  },
});

/** One person's sign-in (担当者 or 管理者) at one company. */
export class Account extends AccountSchema.class {}

AccountSchema.setClass(Account);
