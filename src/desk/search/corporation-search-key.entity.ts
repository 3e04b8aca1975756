import { defineEntity, p } from '@mikro-orm/postgresql';
import { Corporation } from '../../corporations/corporation.entity.js';

export const CorporationSearchKeySchema = defineEntity({
  name: 'CorporationSearchKey',
  tableName: 'corporation_search_keys',
  properties: {
    corporation: () =>
      p.manyToOne(Corporation).primary().updateRule('no action').deleteRule('cascade'),
    key: p.text(),
  },
});

/** Name and kana of a company as the desk finds it by; kept by the database (search-keys.sql). */
export class CorporationSearchKey extends CorporationSearchKeySchema.class {}

CorporationSearchKeySchema.setClass(CorporationSearchKey);
