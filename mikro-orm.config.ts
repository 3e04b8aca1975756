import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { types, type Pool, type TypeOverrides } from 'pg';
import { AccountSchema } from './src/identity/account.schema.js';
import { AccountSearchKeySchema } from './src/accounts/members/list/account-search-key.entity.js';
import { AppointmentSchema } from './src/admin-enrollment/appointment.entity.js';
import { AuditEntrySchema } from './src/audit/audit-entry.entity.js';
import { RefusedRequestSchema } from './src/audit/refused-request.entity.js';
import { AuditSealSchema } from './src/audit/seals/audit-seal.entity.js';
import { CaseEntrySchema } from './src/cases/case-entry.entity.js';
import { CorporationSchema } from './src/corporations/corporation.entity.js';
import { CorporationSearchKeySchema } from './src/desk/search/corporation-search-key.entity.js';
import { DeskDigestSchema } from './src/desk/cases/digest/desk-digest.entity.js';
import { DeskCaseSchema } from './src/cases/desk-case.entity.js';
import { DeskImportSchema } from './src/desk/imports/desk-import.entity.js';
import { DemoEndedSessionSchema } from './src/demo/demo-ended-session.entity.js';
import { DemoMailSchema } from './src/demo/demo-mail.entity.js';
import { DeviceSchema } from './src/auth/sign-in/device.entity.js';
import { EmailChangeSchema } from './src/accounts/email-changes/email-change.entity.js';
import { EndedSessionSchema } from './src/auth/sessions/ended-session.entity.js';
import { EnrollmentSchema } from './src/admin-enrollment/enrollment.schema.js';
import { FactorObjectorSchema } from './src/auth/lost-factor/factor-objector.entity.js';
import { FactorRemovalSchema } from './src/auth/second-factor/factor-removal.entity.js';
import { FlowSchema } from './src/web/flow.entity.js';
import { FormerNameSchema } from './src/identity/former-name.entity.js';
import { FormSubmissionSchema } from './src/web/requests/form-submission.entity.js';
import { ImportLineSchema } from './src/desk/imports/import-line.entity.js';
import { ImportPieceSchema } from './src/desk/imports/import-piece.entity.js';
import { InvitationSchema } from './src/accounts/invitations/invitation.entity.js';
import { InvoiceSchema } from './src/corporations/invoice.entity.js';
import { IpDraftEntrySchema, IpDraftSchema } from './src/ip-restriction/draft/ip-draft.entity.js';
import { IpEndNoticeSchema } from './src/ip-restriction/lists/ip-end-notice.entity.js';
import { IpRequestSchema } from './src/ip-restriction/requests/ip-request.entity.js';
import { IpSuspensionSchema } from './src/ip-restriction/lists/ip-suspension.entity.js';
import { IpTicketSchema } from './src/ip-restriction/tickets/ip-ticket.entity.js';
import { IpUseSchema } from './src/ip-restriction/lists/ip-use.entity.js';
import { IpEntrySchema, IpVersionSchema } from './src/ip-restriction/lists/ip-version.entity.js';
import { JobRunnerSchema } from './src/jobs/job-runner.entity.js';
import { KnownEnvironmentSchema } from './src/auth/sign-in/known-environment.entity.js';
import { KeptQuestionSchema } from './src/help/kept-question.entity.js';
import { LimitCounterSchema } from './src/limits/limit-counter.entity.js';
import { MailDeliverySchema } from './src/mail/mail-delivery.entity.js';
import { MailedLinkSchema } from './src/auth/mailed-links/mailed-link.entity.js';
import { OperatorContentSchema } from './src/accounts/top/operator-content.entity.js';
import { OperatorSchema } from './src/identity/operator.entity.js';
import { OperatorSessionSchema } from './src/desk/sign-in/operator-session.entity.js';
import { OperatorSignInSchema } from './src/desk/sign-in/operator-sign-in.entity.js';
import { PasskeySchema } from './src/auth/second-factor/passkey.entity.js';
import { PendingSignInSchema } from './src/auth/sign-in/pending-sign-in.entity.js';
import { PeopleReviewSchema } from './src/accounts/handover/people-review.entity.js';
import { RecoveryCodeSchema } from './src/auth/second-factor/recovery-code.entity.js';
import { RecoverySchema } from './src/password-reset/recovery.entity.js';
import { SecretKeySchema } from './src/keys/secret-key.entity.js';
import { SecondFactorMinimumSchema } from './src/auth/second-factor/duty/second-factor-minimum.entity.js';
import { SecondFactorReminderSchema } from './src/accounts/security/second-factor-reminder.entity.js';
import { SessionSchema } from './src/auth/sessions/session.entity.js';
import { TotpSecretSchema } from './src/auth/second-factor/totp-secret.entity.js';
import { TransferAccountSchema } from './src/corporations/transfer-account.entity.js';
import { WaitingTimeSchema } from './src/auth/sign-in/waiting-time.entity.js';
import { WitnessSchema } from './src/admin-enrollment/witness.entity.js';
import { connectionOptions } from './src/database/connections.js';
import { migrations } from './src/database/migrations/index.js';
import { SparingReads } from './src/database/sparing-reads.js';

/** Every table that Genkan owns. */
export const entities = [
  AccountSchema,
  AccountSearchKeySchema,
  AppointmentSchema,
  AuditEntrySchema,
  RefusedRequestSchema,
  AuditSealSchema,
  CaseEntrySchema,
  CorporationSchema,
  CorporationSearchKeySchema,
  DeskCaseSchema,
  DeskDigestSchema,
  DemoEndedSessionSchema,
  DemoMailSchema,
  DeskImportSchema,
  DeviceSchema,
  EmailChangeSchema,
  EndedSessionSchema,
  EnrollmentSchema,
  FactorObjectorSchema,
  FactorRemovalSchema,
  FlowSchema,
  FormerNameSchema,
  FormSubmissionSchema,
  ImportLineSchema,
  ImportPieceSchema,
  InvitationSchema,
  InvoiceSchema,
  IpDraftSchema,
  IpDraftEntrySchema,
  IpEndNoticeSchema,
  IpEntrySchema,
  IpRequestSchema,
  IpSuspensionSchema,
  IpTicketSchema,
  IpUseSchema,
  IpVersionSchema,
  JobRunnerSchema,
  KnownEnvironmentSchema,
  KeptQuestionSchema,
  LimitCounterSchema,
  MailDeliverySchema,
  MailedLinkSchema,
  OperatorContentSchema,
  OperatorSchema,
  OperatorSessionSchema,
  OperatorSignInSchema,
  PasskeySchema,
  PendingSignInSchema,
  PeopleReviewSchema,
  RecoveryCodeSchema,
  RecoverySchema,
  SecondFactorMinimumSchema,
  SecondFactorReminderSchema,
  SecretKeySchema,
  SessionSchema,
  TotpSecretSchema,
  TransferAccountSchema,
  WaitingTimeSchema,
  WitnessSchema,
] as const;

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
    entities: [...entities],
    entityManager: SparingReads,
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
      // MikroORM reads names and passwords of the URL alone, and would leave out `sslmode`.
      connectionString: url,
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
