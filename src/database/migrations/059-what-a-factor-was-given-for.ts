import { Migration } from '@mikro-orm/migrations';

/** A change of the own factors asks for the factor itself, however fresh the session's is. */
export class WhatAFactorWasGivenFor059 extends Migration {
  override name = '059-what-a-factor-was-given-for';

  override up(): void {
    this.addSql('alter table sessions add column factor_given_for text');
  }
}
