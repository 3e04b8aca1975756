import { Migration } from '@mikro-orm/migrations';

/** A sign-in at the desk waits for its factor in each known browser, and one in all others. */
export class DeskSignInsByBrowser041 extends Migration {
  override name = '041-desk-sign-ins-by-browser';

  override up(): void {
    this.addSql(`
      alter table operator_sign_ins
        drop constraint operator_sign_ins_pkey,
        drop constraint operator_sign_ins_id_unique,
        drop constraint operator_sign_ins_operator_id_foreign,
        add primary key (id),
        add constraint operator_sign_ins_operator_id_foreign
          foreign key (operator_id) references operators on delete cascade,
        add column browser text not null default '',
        add constraint operator_sign_ins_operator_id_browser_unique unique (operator_id, browser)`);
  }
}
