import { domainToASCII, domainToUnicode } from 'node:url';
import { Migration } from '@mikro-orm/migrations';

/** Columns with a mail address, or the key of one. */
const COLUMNS = [
  ['accounts', 'email'],
  ['accounts', 'email_key'],
  ['appointments', 'email'],
  ['corporations', 'billing_email'],
  ['desk_cases', 'asker_email_key'],
  ['email_changes', 'email'],
  ['email_changes', 'former_email'],
  ['enrollments', 'applicant_email'],
  ['factor_objectors', 'email'],
  ['invitations', 'email'],
  ['invitations', 'email_key'],
  ['operators', 'email'],
  ['recoveries', 'email_key'],
  ['witnesses', 'email'],
] as const;

/** A return path proves the recipient as it was then, for as long as its mail may come back. */
const MAILS = `mail_deliveries where (state in ('bounced', 'suppressed', 'superseded')
  or state = 'handed-over' and finished_at < genkan_now() - interval '8 days')`;

const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/**
 * A domain in letters of any script is stored in those letters, also where somebody typed `xn--…`:
 * so one mailbox has one address. Few are written so. And the desk finds invited people by their names.
 */
export class DomainsInOneForm073 extends Migration {
  override name = '073-domains-in-one-form';

  override async up(): Promise<void> {
    for (const [table, column] of COLUMNS) await this.#renew(`${table} where true`, column);
    await this.#renew(MAILS, 'recipient');
    for (const column of ['name', 'name_kana'])
      await this.execute(
        `create index if not exists invitations_by_${column} on invitations (search_fold(${column}) collate "C")
         where used_at is null and cancelled_at is null and replaced_at is null`,
      );
  }

  async #renew(rows: string, column: string): Promise<void> {
    const domain = `substring(${column} from '[^@]*$')`;
    const found = await this.execute(`
      select distinct ${domain} as domain from ${rows}
      and ${column} ~ '@' and lower(${domain}) ~ '[^ -~]|(^|[.])xn--'`);
    for (const { domain: stored } of found as { domain: string }[]) {
      const lower = stored.toLowerCase();
      const normal = DOMAIN.test(lower) && domainToUnicode(domainToASCII(lower));
      if (!normal || normal === stored) continue;
      const [table, condition] = rows.split(/ where (.*)/s);
      await this.execute(
        `update ${table} set ${column} = left(${column}, -length(?)) || ?
         where ${condition} and right(${column}, length(?) + 1) = '@' || ?`,
        [stored, normal, stored, stored],
      );
    }
  }
}
