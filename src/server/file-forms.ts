import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { INVITATION_IMPORT } from '../accounts/invitations/import/invitation-import-path.js';
import { EndedSessions } from '../auth/sessions/ended-sessions.js';
import { Sessions } from '../auth/sessions/sessions.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { DESK_IMPORTS, LONGEST_IMPORT } from '../desk/imports/imports-path.js';
import { DeskSessions } from '../desk/sign-in/desk-sessions.js';
import { IP_DRAFT } from '../ip-restriction/draft/draft-path.js';
import { EntranceTurns } from '../limits/entrance-turns.js';
import { HeavyWork } from '../limits/heavy-work.js';
import type { Source } from '../limits/source.js';
import type { BodyTurn, FileForm } from '../web/requests/form-body.js';
import { SHORT_FILE } from '../web/requests/form-with-file.js';
import type { Visit, VisitedRequest } from '../web/visit.js';

const atOnce: BodyTurn = async (read, work) => work(await read());

/** The forms that may come with a file, and whose files are read. */
export function fileForms(app: NestExpressApplication): FileForm[] {
  const entrance = app.get(EntranceTurns);
  const customers = new FilesOfCustomers(app);
  const ofCustomer = async (request: Request & VisitedRequest, response: Response) => {
    const { visit } = request;
    if (!customers.hasCookie(visit)) return undefined;
    const source = await entrance.lookUp(request, () => customers.sourceOf(visit));
    return source && app.get(HeavyWork).turnOf(source, visit, response);
  };
  const ofDesk = async (request: Request & VisitedRequest) => {
    const { secondsLeft } = await app.get(DeskSessions).timeLeft(request.visit);
    return secondsLeft > 0 ? atOnce : undefined;
  };
  return [
    ...[INVITATION_IMPORT, IP_DRAFT].map((path) => ({
      path,
      mostBytes: SHORT_FILE,
      turnOf: ofCustomer,
    })),
    { path: DESK_IMPORTS, mostBytes: LONGEST_IMPORT, isKeptAside: true, turnOf: ofDesk },
  ];
}

class FilesOfCustomers {
  readonly #sessions: Sessions;
  readonly #ended: EndedSessions;

  constructor(app: NestExpressApplication) {
    this.#sessions = app.get(Sessions);
    this.#ended = app.get(EndedSessions);
  }

  hasCookie(visit: Visit): boolean {
    return this.#sessions.cookie.read(visit) !== undefined;
  }

  /** Administrators, and whoever has a session that ended: their form is kept until they sign in. */
  async sourceOf(visit: Visit): Promise<Source | undefined> {
    const { person, ended } = await this.#sessions.find(visit);
    if (person) {
      const { role, corporationId: network, accountId: client, sessionId: actor } = person;
      return role === 'administrator' ? { isKnown: true, network, client, actor } : undefined;
    }
    const end =
      ended ?? (await inUnitOfWork(() => this.#ended.find(this.#sessions.cookie.read(visit))));
    return end && { isKnown: true, network: end.accountId, client: end.accountId, actor: '' };
  }
}
