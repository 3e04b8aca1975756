import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { types, type Pool, type TypeOverrides } from 'pg';
import { Account } from './src/identity/account.entity.js';
import { AccountSearchKey } from './src/accounts/members/list/account-search-key.entity.js';
import { Appointment } from './src/admin-enrollment/appointment.entity.js';
import { AuditEntry } from './src/audit/audit-entry.entity.js';
import { Corporation } from './src/corporations/corporation.entity.js';
import { DemoMail } from './src/demo/demo-mail.entity.js';
import { Device } from './src/auth/sign-in/device.entity.js';
import { EmailChange } from './src/accounts/email-changes/email-change.entity.js';
import { Enrollment } from './src/admin-enrollment/enrollment.entity.js';
import { Flow } from './src/web/flow.entity.js';
import { FormSubmission } from './src/web/requests/form-submission.entity.js';
import { Invitation } from './src/accounts/invitations/invitation.entity.js';
import { IpDraft } from './src/ip-restriction/draft/ip-draft.entity.js';
import { IpDraftEntry } from './src/ip-restriction/draft/ip-draft-entry.entity.js';
import { IpEndNotice } from './src/ip-restriction/lists/ip-end-notice.entity.js';
import { IpEntry } from './src/ip-restriction/lists/ip-entry.entity.js';
import { IpRequest } from './src/ip-restriction/requests/ip-request.entity.js';
import { IpSuspension } from './src/ip-restriction/lists/ip-suspension.entity.js';
import { IpTicket } from './src/ip-restriction/tickets/ip-ticket.entity.js';
import { IpUse } from './src/ip-restriction/lists/ip-use.entity.js';
import { IpVersion } from './src/ip-restriction/lists/ip-version.entity.js';
import { JobRunner } from './src/jobs/job-runner.entity.js';
import { KnownEnvironment } from './src/auth/sign-in/known-environment.entity.js';
import { LimitCounter } from './src/limits/limit-counter.entity.js';
import { MailDelivery } from './src/mail/mail-delivery.entity.js';
import { MailedLink } from './src/auth/mailed-links/mailed-link.entity.js';
import { Operator } from './src/desk/operator.entity.js';
import { PeopleReview } from './src/accounts/handover/people-review.entity.js';
import { Recovery } from './src/password-reset/recovery.entity.js';
import { SecretKey } from './src/keys/secret-key.entity.js';
import { Session } from './src/auth/sessions/session.entity.js';
import { TransferAccount } from './src/corporations/transfer-account.entity.js';
import { WaitingTime } from './src/auth/sign-in/waiting-time.entity.js';
import { Witness } from './src/admin-enrollment/witness.entity.js';
import { connectionOptions } from './src/database/connections.js';
import { migrations } from './src/database/migrations/index.js';

/** Every table that Genkan owns. */
const entities = [
  Account,
  AccountSearchKey,
  Appointment,
  AuditEntry,
  Corporation,
  DemoMail,
  Device,
  EmailChange,
  Enrollment,
  Flow,
  FormSubmission,
  Invitation,
  IpDraft,
  IpDraftEntry,
  IpEndNotice,
  IpEntry,
  IpRequest,
  IpSuspension,
  IpTicket,
  IpUse,
  IpVersion,
  JobRunner,
  KnownEnvironment,
  LimitCounter,
  MailDelivery,
  MailedLink,
  Operator,
  PeopleReview,
  Recovery,
  SecretKey,
  Session,
  TransferAccount,
  WaitingTime,
  Witness,
];

/** Less than five seconds, so that this side has given up by then even when the server is silent. */
const LONGEST_STATEMENT_MS = 4_000;

/**
 * How Genkan talks to PostgreSQL: nothing waits for ever, and one pool serves everybody.
 * @param longestStatement milliseconds; 0 for migrations, which may take their time
 */
export function databaseOptions(
  url: string,
  { connections = 20, longestStatement = LONGEST_STATEMENT_MS, name = 'genkan' } = {},
): Options {
  const limits = connectionOptions(longestStatement, name);
  return defineConfig({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      tableName: 'genkan_migrations',
      snapshot: false,
      silent: true,
    },
    pool: { min: 0, max: connections },
    driverOptions: {
      ...limits,
      onPoolCreated: (pool: Pool) => {
        readMoments(pool);
        limits.onPoolCreated(pool);
      },
    },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
  });
}

/** Moments arrive as `Date`, in raw statements as in entities. */
function readMoments(pool: Pool): void {
  const moments = (pool as unknown as { options: { types: TypeOverrides } }).options.types;
  moments.setTypeParser(
    types.builtins.TIMESTAMPTZ,
    types.getTypeParser(types.builtins.TIMESTAMPTZ),
  );
}

export default databaseOptions(process.env.DATABASE_URL ?? '');
