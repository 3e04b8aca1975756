import { Injectable } from '@nestjs/common';

/** What somebody can do to an administrator, and an objection can undo. */
export type ReversibleAct =
  'deletion' | 'demotion' | 'suspension' | 'email-change' | 'sessions-ended';

/** The time in which whatever a newcomer does to administrators who were there before can be undone. */
@Injectable()
export class Probation {
  /**
   * Notes an act in the caller's transaction, before anything is changed.
   * @param actorId who does it @param targetId to whom
   * @returns the key of the target's link to object, for the mail that tells them; undefined when
   *   the actor is on no probation, or the target is no administrator who was there before
   */
  async note(actorId: string, targetId: string, act: ReversibleAct): Promise<string | undefined> {
    void [actorId, targetId, act];
    return undefined;
  }
}
