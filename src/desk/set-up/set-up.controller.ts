import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { isShown } from '../../auth/mailed-links/parked-link.js';
import { NewPasswords } from '../../auth/passwords/new-passwords.js';
import { DeskEntrance } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { FormReading, type FormBody } from '../../web/forms/forms.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { knownDeskSource } from '../sign-in/desk-source.js';
import { OperatorSetUp, type SetUpOpened } from './operator-set-up.js';
import { refusedSetUp, SET_UP_LINK } from './set-up-link.js';

type Opened = Extract<SetUpOpened, { ok: true }>;

/** 担当窓口のログインの設定, first the password. */
@Controller('desk/set-up')
@DeskEntrance()
export class SetUpController {
  constructor(
    private readonly setUp: OperatorSetUp,
    private readonly newPasswords: NewPasswords,
  ) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.setUp.look(SET_UP_LINK.tokenOf(visit));
    return opened.ok ? this.#page(new FormReading(), opened) : refusedSetUp(opened.reason);
  }

  @Post()
  async choose(@Body() body: FormBody, @Visitor() visit: Visit): Promise<Answer> {
    const opened = await this.setUp.look(SET_UP_LINK.tokenOf(visit));
    if (!opened.ok) return refusedSetUp(opened.reason);
    if (!isShown(opened.link, body)) return SET_UP_LINK.unsent(await this.show(visit), body);
    const { loginId, email, name } = opened.operator;
    const source = knownDeskSource(`set-up ${opened.link.id}`, visit);
    const owner = { loginId, email, others: [name] };
    const problems = await this.newPasswords.problems(body, owner, source);
    if (problems.length > 0) return this.#page(new FormReading({}, ...problems), opened);
    const passwordHash = await this.newPasswords.hash(body, source);
    await this.setUp.choosePassword(opened.link, passwordHash, visit);
    return seeOther(`${SET_UP_LINK.path}/second-factor`);
  }

  #page(form: FormReading, { link, operator }: Opened): Answer {
    const { loginId, name } = operator;
    const model = { form, link: link.id, loginId, name, ...this.newPasswords.rules };
    return page('desk/set-up', say('担当窓口のログインの設定'), model);
  }
}

/** The mailed URL: it only moves its key into a cookie. */
@Controller('desk/set-up')
@DeskEntrance()
export class SetUpLinkController {
  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return SET_UP_LINK.park(token, visit);
  }
}
