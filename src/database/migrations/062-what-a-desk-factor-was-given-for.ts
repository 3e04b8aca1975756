import { Migration } from '@mikro-orm/migrations';

/** The same at the desk as 059: an act that asks for the factor itself names the page of it. */
export class WhatADeskFactorWasGivenFor062 extends Migration {
  override name = '062-what-a-desk-factor-was-given-for';

  override up(): void {
    this.addSql('alter table operator_sessions add column factor_given_for text');
  }
}
