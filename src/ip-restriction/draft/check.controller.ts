import { Controller, Get, Query } from '@nestjs/common';
import { Me } from '../../auth/sessions/me.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { AdministratorsOnly, IpPages } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { cleanCode, typedText } from '../../web/forms/fields.js';
import { FormReading } from '../../web/forms/forms.js';
import { Pages } from '../../web/pages/pages.js';
import { say } from '../../web/sentence.js';
import { stepperOf } from '../lists/steps.js';
import { readAddress } from '../networks/network.js';
import { IP_DRAFT_CHECK } from './draft-path.js';
import { remarksOn } from './edit-remarks.js';
import { IpPreviews, missingFamily, previewView, type Preview } from './previews.js';
import type { Replay } from './replay.js';

const NO_ADDRESS = say(
  'IPアドレスとして読み取れません。198.51.100.5 のように、1つのアドレスを入力してください。',
);
const EMPTY_ADDRESS = say('確かめるIPアドレスを入力してください。例：198.51.100.5');

/** 反映前の確認: what the draft would change. */
@Controller(IP_DRAFT_CHECK)
@AdministratorsOnly()
@IpPages()
export class DraftCheckController {
  constructor(
    private readonly previews: IpPreviews,
    private readonly pages: Pages,
  ) {}

  /** Tests the draft against the sign-ins of the last 90 days and against a typed address. */
  @Get()
  async show(@Query('address') typed: unknown, @Me() person: SignedIn): Promise<Answer> {
    const preview = await this.previews.of('draft', person);
    const address = cleanCode(typedText(typed));
    const tested = readAddress(address) ? testOf(address, preview) : null;
    const isWrong = typed !== undefined && tested === null;
    const sentence = address === '' ? EMPTY_ADDRESS : NO_ADDRESS;
    const form = new FormReading({ address }, ...(isWrong ? [{ name: 'address', sentence }] : []));
    const model = {
      ...stepperOf('check'),
      form,
      tested,
      ...previewView(preview, person),
      told: remarksOn(preview, this.pages, person.visit),
      replay: replayView(preview.replay!),
      missingFamily: missingFamily(preview),
    };
    return page('ip-restriction/check', say('反映前の確認'), model);
  }
}

function testOf(address: string, { matcher }: Preview) {
  const entry = matcher.find(address);
  return { address, network: entry?.network ?? null, label: entry?.label ?? null };
}

function replayView(replay: Replay) {
  return {
    ...replay,
    refused: replay.refused.map((one) => ({
      ...one,
      administrator: one.role === 'administrator',
    })),
    isMore: replay.refusedCount > replay.refused.length,
  };
}
