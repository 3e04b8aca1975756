import { Controller, Get, Param, Query } from '@nestjs/common';
import { ROLES } from '../../identity/role.js';
import { logLine } from '../../log/lines/log-line.js';
import { DeskPage } from '../../web/access.js';
import { page, type Answer } from '../../web/answers.js';
import { cleanCode, typedText } from '../../web/forms/fields.js';
import { FormReading } from '../../web/forms/forms.js';
import { parseAddress } from '../../web/requests/client-address.js';
import { say } from '../../web/sentence.js';
import { CaseLists } from '../cases/case-lists.js';
import type { Language } from '../../web/texts.js';
import { DeskViews } from '../desk-views.js';
import { diagnosisView } from '../diagnosis/diagnosis-view.js';
import { mailKindInWords, mailStateInWords } from '../diagnosis/mails-and-links.js';
import { CurrentOperator } from '../sign-in/current-operator.js';
import type { SignedInOperator } from '../sign-in/desk-sessions.js';
import { ACCOUNT_ACT_WORDS, possibleActs } from './account-act-words.js';
import { AccountReports, type AccountReport } from './account-reports.js';

const NO_ADDRESS = {
  name: 'address',
  sentence: say('IPアドレスを「203.0.113.5」や「2001:db8::1」のように入力してください。'),
};

/** One person: なぜ入れないか, and what can be done about it. */
@Controller('desk/accounts/:id')
@DeskPage()
export class DeskAccountController {
  constructor(
    private readonly reports: AccountReports,
    private readonly views: DeskViews,
    private readonly cases: CaseLists,
  ) {}

  /** @param typed the address that the caller reads on the error page */
  @Get()
  async show(
    @Param('id') id: string,
    @Query('address') typed: unknown,
    @CurrentOperator() me: SignedInOperator,
  ): Promise<Answer> {
    const account = await this.reports.find(id);
    await this.views.note(account.corporation.id, me, id);
    const named = cleanCode(typedText(typed));
    const address = parseAddress(named)?.toString();
    const isWrong = named !== '' && address === undefined;
    const report = await this.reports.read(account, address);
    const isLossKnown = report.facts.lossCase !== undefined;
    const model = {
      ...viewOf(report, me.visit.language),
      form: new FormReading({ address: named }, ...(isWrong ? [NO_ADDRESS] : [])),
      deskCases: await this.cases.ofAccount(id),
      mayLoseFactor: account.secondFactorSince != null && account.hasProvedMailbox && !isLossKnown,
    };
    return page('desk/account', say('利用者の状況'), model);
  }
}

function viewOf(report: AccountReport, language: Language) {
  const { account, facts, diagnosis, sessions, knownBrowsers, mails, entries } = report;
  const { id, name, nameKana, email, phone, corporation } = account;
  const { lastSignInAt, lastSignInAddress, createdAt } = account;
  return {
    ...diagnosisView(diagnosis, account),
    person: { id, name, nameKana, email, phone, loginId: account.shownLoginId },
    role: ROLES[account.role],
    state: account.shownState,
    corporation: {
      id: corporation.id,
      name: corporation.name,
      number: corporation.corporateNumber,
    },
    isClosed: corporation.state === 'closed',
    lastSignInAt,
    lastSignInAddress,
    createdAt,
    sessions,
    knownBrowsers,
    acts: actsOf(report),
    // Said already where the advice is about it.
    mailAdvice: diagnosis.advice.mail ? null : (facts.mailAdvice?.sentence ?? null),
    mails: mails.map(({ createdAt: at, kind, state, recipient, serverAnswer }) => {
      const words = { kind: mailKindInWords(kind), state: mailStateInWords(state) };
      return { at, recipient, serverAnswer, ...words };
    }),
    lines: entries.map((entry) => logLine(entry, language, 'desk')),
  };
}

function actsOf(report: AccountReport) {
  return possibleActs(report).map((act) => {
    const { title, effect } = ACCOUNT_ACT_WORDS[act];
    const path = `/desk/accounts/${report.account.id}/acts/${act}`;
    return { path, title, effect, isDanger: act === 'freeze' };
  });
}
