import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../database/sql.js';
import { Witnesses } from './succession/witnesses.js';

/** What somebody can do to an administrator, and an objection can undo. */
export type ReversibleAct =
  'deletion' | 'demotion' | 'suspension' | 'email-change' | 'sessions-ended';

/** The time in which whatever a newcomer does to administrators who were there before can be undone. */
@Injectable()
export class Probation {
  constructor(
    private readonly em: EntityManager,
    private readonly witnesses: Witnesses,
  ) {}

  /**
   * Notes an act in the caller's transaction, before anything is changed. Newcomers are all who were
   * no administrators before the case: also those whom the applicant invited or promoted.
   * @param actorId who does it @param targetId to whom
   * @returns the key of the target's link to object, for the mail that tells them; undefined when
   *   no probation runs, the actor was there before, or the target was not
   */
  async note(actorId: string, targetId: string, act: ReversibleAct): Promise<string | undefined> {
    if (actorId === targetId) return undefined;
    const running = await this.#caseAgainst(actorId, targetId);
    if (!running) return undefined;
    await sql(
      this.em,
      `insert into probation_acts (enrollment_id, actor_id, target_id, act, before)
       select $1, $2, id, $4, jsonb_build_object('role', role, 'state', state, 'email', email)
       from accounts where id = $3`,
      [running.id, actorId, targetId, act],
    );
    return (await this.witnesses.issueKey(running.id, targetId)).token;
  }

  /**
   * Notes, in the caller's transaction, that a newcomer made somebody an administrator, or let one
   * in again: afterwards, because it asks who is one then.
   */
  async noteGrant(actorId: string, targetId: string): Promise<void> {
    await sql(
      this.em,
      `insert into probation_acts (enrollment_id, actor_id, target_id, act, before)
       select e.id, $1, a.id, 'grant', '{}'
       from accounts a
       join enrollments e on e.corporation_id = a.corporation_id and e.kind = 'succession'
       join enrollment_stages s on s.id = e.id and s.stage = 'probation'
       where a.id = $2 and a.role = 'administrator' and not is_witness(e.id, $1)`,
      [actorId, targetId],
    );
  }

  #caseAgainst(actorId: string, targetId: string): Promise<{ id: string } | undefined> {
    return sqlOne<{ id: string }>(
      this.em,
      `select e.id from accounts a
       join enrollments e on e.corporation_id = a.corporation_id and e.kind = 'succession'
       join enrollment_stages s on s.id = e.id and s.stage = 'probation'
       where a.id = $2 and not is_witness(e.id, $1)
         and exists (select from objections o where o.enrollment_id = e.id and o.account_id = $2)`,
      [actorId, targetId],
    );
  }
}
