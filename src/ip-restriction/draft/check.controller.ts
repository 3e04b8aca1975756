import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../auth/me.js';
import type { SignedIn } from '../../auth/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { cleanCode } from '../../web/fields.js';
import { newForm, refusedForm } from '../../web/forms.js';
import { momentInWords } from '../../web/moment-in-words.js';
import { say } from '../../web/sentence.js';
import type { Language } from '../../web/texts.js';
import { Visitor, type Visit } from '../../web/visit.js';
import { differenceView } from '../entry-view.js';
import { networkFrom, readAddress } from '../networks/network.js';
import { IpPreviews, type Preview } from './previews.js';
import type { Replay } from './replay.js';

const NO_ADDRESS = say(
  'IPアドレスとして読み取れません。198.51.100.5 のように、1つのアドレスを入力してください。',
);

/** Tests the draft against the sign-ins of the last 90 days and against a typed address. */
@Controller('ip-restriction/draft/check')
@AdministratorsOnly()
@IpPages()
export class CheckController {
  constructor(private readonly previews: IpPreviews) {}

  @Get()
  async show(
    @Query('address') typed: unknown,
    @Me() { corporationId }: SignedIn,
    @Visitor() visit: Visit,
  ): Promise<Answer> {
    const preview = await this.previews.of('draft', corporationId, visit);
    const address = typeof typed === 'string' ? cleanCode(typed) : '';
    const tested = readAddress(address) ? testOf(address, preview) : null;
    const isWrong = address !== '' && tested === null;
    const form = isWrong
      ? refusedForm({ address }, { name: 'address', sentence: NO_ADDRESS })
      : newForm({ address });
    const { obstacle, admitsVisitor, replay } = preview;
    const model = {
      form,
      tested,
      obstacle: obstacle ?? null,
      admitsVisitor,
      address: visit.address,
      count: preview.entries.length,
      difference: differenceView(preview.difference, visit.language),
      replay: replayView(replay!, visit.language),
      missingFamily: missingFamily(preview),
    };
    return page('ip-restriction/check', say('反映前の確認'), model, {
      status: isWrong ? 422 : 200,
    });
  }
}

function testOf(address: string, { matcher }: Preview) {
  const entry = matcher.find(address);
  return { address, network: entry?.network ?? null, label: entry?.label ?? null };
}

/** The family by which people signed in and of which the list has no entry. */
function missingFamily({ replay, entries }: Preview): 'IPv4' | 'IPv6' | null {
  const listed = new Set(entries.map(({ network }) => networkFrom(network).family));
  const missing = replay!.families.find((family) => !listed.has(family));
  return missing && listed.size > 0 ? `IPv${missing}` : null;
}

function replayView(replay: Replay, language: Language) {
  return {
    ...replay,
    refused: replay.refused.map((one) => ({
      ...one,
      administrator: one.role === 'administrator',
      lastAt: momentInWords(one.lastAt, language),
    })),
    isMore: replay.refusedCount > replay.refused.length,
  };
}
