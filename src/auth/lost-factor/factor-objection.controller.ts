import { Controller, Get, Param, Post } from '@nestjs/common';
import { TakesTurns } from '../../limits/strangers-turns.js';
import { Public } from '../../web/access.js';
import { page, seeOther, type Answer } from '../../web/answers.js';
import { say } from '../../web/sentence.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { ByLink, ParkedLink, type LinkPost } from '../mailed-links/parked-link.js';
import { lostFactorRefused, objectionView } from './lost-factor-refused.js';
import { RemovalObjections, type RefusedObjection } from './removal-objections.js';

/** 異議申し立て, by the link of the mail that told of a removal. */
@Controller('lost-factor/objection')
@Public()
export class FactorObjectionController {
  readonly #link = new ParkedLink('factor-objection', '/lost-factor/objection');

  constructor(private readonly objections: RemovalObjections) {}

  @Get()
  async show(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.objections.look(this.#link.tokenOf(visit));
    if (!looked.ok) return refused(looked);
    const { link, removal } = looked;
    const { account, corporation, beganAt, endsAt, address } = removal;
    const model = {
      link: link.id,
      person: account.name,
      corporationName: corporation.name,
      beganAt,
      endsAt,
      address: address ?? '',
    };
    return page('auth/lost-factor/objection', say('2段階認証の解除への異議申し立て'), model);
  }

  @Post(['', ':token'])
  @TakesTurns('company-of-link')
  async object(@ByLink() post: LinkPost): Promise<Answer> {
    const token = this.#link.keyOf(post);
    const looked = await this.objections.look(token);
    if (!looked.ok) return refused(looked);
    if (this.#link.isOfAnother(post, looked.link))
      return this.#link.unsent(await this.show(post.visit), post.body);
    const stopped = await this.objections.byLink(token, post.visit);
    if (!stopped.ok) return refused(stopped);
    if (post.mailed) this.#link.park(post.mailed, post.visit);
    return seeOther(`${this.#link.path}/completed`);
  }

  @Get('completed')
  async completed(@Visitor() visit: Visit): Promise<Answer> {
    const looked = await this.objections.look(this.#link.tokenOf(visit));
    if (!looked.objector?.objectedAt) return seeOther(this.#link.path);
    const title = say('異議申し立てを受け付けました');
    return page('auth/lost-factor/objected', title, objectionView(looked.objector));
  }

  @Get(':token')
  park(@Param('token') token: string, @Visitor() visit: Visit): Answer {
    return this.#link.park(token, visit);
  }
}

function refused({ reason, objector }: RefusedObjection): Answer {
  return lostFactorRefused(reason, objector?.removal.outcome, undefined, objector);
}
