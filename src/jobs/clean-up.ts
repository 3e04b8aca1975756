import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { Jobs } from './jobs.js';

/** Rows whose time is over decide nothing any more; they go hourly, so that tables stay small. */
const OVER = [
  'delete from flows where ends_at < genkan_now()',
  `delete from form_submissions where created_at < genkan_now() - interval '45 minutes'`,
  'delete from limit_counters where ends_at < genkan_now()',
  `delete from waiting_times where last_failed_at < genkan_now() - interval '2 days'`,
  'delete from sessions where ends_at < genkan_now()',
  'delete from devices where ends_at < genkan_now()',
  `delete from invitations where ends_at < genkan_now() - interval '90 days'`,
  `delete from ip_tickets where replaced_at < genkan_now() - interval '90 days'`,
  `delete from email_changes
   where greatest(ends_at, undo_ends_at) < genkan_now() - interval '14 days'`,
  `delete from known_environments where last_seen_at < genkan_now() - interval '90 days'`,
  `delete from mailed_links where ends_at < genkan_now() - interval '90 days'`,
  // Whoever never became an administrator is forgotten; the case stays for the history.
  `update enrollments set applicant = '', applicant_email = '', newcomer_statement = null
   where state in ('withdrawn', 'expired', 'refused') and applicant <> ''
     and decided_at < genkan_now() - interval '90 days'`,
];

@Injectable()
export class CleanUp implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly pool: Pool,
  ) {}

  onModuleInit(): void {
    this.jobs.register('clean-up', () => this.run(), '7 * * * *');
  }

  async run(): Promise<void> {
    for (const statement of OVER) await this.pool.query(statement);
  }
}
