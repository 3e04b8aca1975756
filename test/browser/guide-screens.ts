import type { GuidePicture } from '../../src/help/guide-pictures.js';
import { drafts, OFFICE, startsTrial } from '../support/ip-restriction.js';
import type { Corporation } from '../support/people.js';
import { asks, newLink, NEW_PASSWORD } from '../support/recovery.js';
import { applicant, entersDetails, registers, type Applicant } from '../support/registration.js';
import { entersNumbers } from '../support/succession.js';
import type { Stage } from './stage.js';
import type { Way } from './way.js';

let companies = 0;

async function company(stage: Stage): Promise<Corporation> {
  companies += 1;
  return stage.genkan.people.corporationExists({
    corporateNumber: String(2_000_000 + companies),
    name: '株式会社みなと製作所',
  });
}

function person(): Applicant {
  return applicant(`suzuki-${companies}`, {
    name: '鈴木 一郎',
    nameKana: 'スズキ イチロウ',
    email: 'suzuki@minato.example',
  });
}

async function administrator(stage: Stage) {
  const corporation = await company(stage);
  const member = (name: string, nameKana: string, loginId: string) => ({
    corporation,
    name,
    nameKana,
    loginId: `${loginId}-${companies}`,
  });
  const { people } = stage.genkan;
  const sato = await people.administratorExists(member('佐藤 花子', 'サトウ ハナコ', 'sato'));
  await people.administratorExists(member('阿部 誠', 'アベ マコト', 'abe'));
  await people.staffExists(member('森 由美', 'モリ ユミ', 'mori'));
  return sato;
}

async function signedIn(stage: Stage, way: Way): Promise<void> {
  const { loginId, password } = await administrator(stage);
  await way.signsIn(loginId, password);
}

/** An administrator in the office, with a draft that admits it. */
async function drafted(stage: Stage, way: Way): Promise<void> {
  way.person.movesTo(OFFICE);
  await way.page.context().setExtraHTTPHeaders({ 'x-forwarded-for': OFFICE });
  await signedIn(stage, way);
  await drafts(way.person, '198.51.100.0/24,本社');
}

async function mailed(stage: Stage, email: string): Promise<string> {
  const { mailbox } = stage.genkan;
  return mailbox.linkIn(await mailbox.mailTo(email));
}

export interface GuideScreen {
  /** Leads there by plain HTTP. @returns its address, unless the way ended there */
  reach: (stage: Stage, way: Way) => Promise<string | void>;
  /** What the step is about, which the picture frames. */
  act: string;
  /** Where the picture begins, when that is not the top of the page. */
  from?: string;
  /** What is checked before the picture is taken; what then sticks to the edge of the window is in it. */
  checks?: string;
}

const SUBMIT = 'main form button[type=submit]';
const goesTo = (address: string) => async () => address;

async function numbersBehindLink(stage: Stage, way: Way): Promise<void> {
  const { corporation, email } = await administrator(stage);
  await way.opens(await newLink(stage.genkan, email));
  const { corporateNumber, transferAccounts } = corporation;
  await way.submits({ corporateNumber, transferAccountNumber: transferAccounts[0]! });
}

/** Up to the confirmation of the person who comes after 佐藤. */
async function confirmsSuccession(stage: Stage, way: Way): Promise<void> {
  const { corporation } = await administrator(stage);
  await entersNumbers(way.person, corporation);
  await entersDetails(way.person, person());
}

/** The page of each picture. */
export const guideScreens: Record<GuidePicture, GuideScreen> = {
  'login-registration': { reach: goesTo('/login'), act: 'main a[href="/initiate"]' },
  'login-recovery': { reach: goesTo('/login'), act: 'main a[href="/password-reset"]' },
  'login-succession': { reach: goesTo('/login'), act: 'main a[href="/admin-enrollment"]' },
  login: { reach: goesTo('/login'), act: SUBMIT },
  'registration-numbers': { reach: goesTo('/initiate/numbers'), act: SUBMIT },
  'registration-confirmation': {
    reach: async (stage, way) => way.entersDetails(await company(stage), person()),
    act: SUBMIT,
  },
  'registration-activation': {
    reach: async (stage, way) => {
      await registers(way.person, await company(stage), person());
      return mailed(stage, person().email);
    },
    act: SUBMIT,
  },
  'recovery-request': { reach: goesTo('/password-reset'), act: SUBMIT },
  'recovery-sent': {
    reach: (_, way) => asks(way.person, 'suzuki@minato.example'),
    act: 'main .gk-next',
  },
  'recovery-numbers': {
    reach: async (stage) => newLink(stage.genkan, (await administrator(stage)).email),
    act: SUBMIT,
  },
  'recovery-password': { reach: numbersBehindLink, act: SUBMIT },
  'recovery-confirmation': {
    reach: async (stage, way) => {
      await numbersBehindLink(stage, way);
      await way.submits({ password: NEW_PASSWORD, passwordConfirmation: NEW_PASSWORD });
    },
    act: SUBMIT,
  },
  'succession-opening': {
    reach: goesTo('/admin-enrollment'),
    act: 'main a[href="/admin-enrollment/numbers"]',
  },
  'succession-numbers': { reach: goesTo('/admin-enrollment/numbers'), act: SUBMIT },
  'succession-confirmation': { reach: confirmsSuccession, act: SUBMIT },
  'succession-activation': {
    reach: async (stage, way) => {
      await confirmsSuccession(stage, way);
      await way.submits();
      return mailed(stage, person().email);
    },
    act: SUBMIT,
  },
  top: {
    reach: async (stage, way) => {
      await signedIn(stage, way);
      return '/';
    },
    act: 'main a[href="/accounts"]',
  },
  'deletion-list': {
    reach: async (stage, way) => {
      await signedIn(stage, way);
      return '/accounts';
    },
    from: 'main tbody tr:last-child',
    checks: 'main tbody tr:last-child [type=checkbox]',
    act: 'main tbody tr:last-child [type=checkbox], main .gk-selection button',
  },
  'deletion-confirmation': {
    reach: async (stage, way) => {
      await signedIn(stage, way);
      await way.opens('/accounts');
      way.person.checks('森 由美');
      await way.person.presses('削除');
    },
    act: SUBMIT,
  },
  'ip-draft': {
    reach: async (stage, way) => {
      await drafted(stage, way);
      return '/ip-restriction/draft';
    },
    act: 'main button[value=add]',
  },
  'ip-check': {
    reach: async (stage, way) => {
      await drafted(stage, way);
      return '/ip-restriction/draft/check';
    },
    act: 'main a[href="/ip-restriction/trial"]',
  },
  'ip-trial': {
    reach: async (stage, way) => {
      await drafted(stage, way);
      return '/ip-restriction/trial';
    },
    act: 'main button[value=start]',
  },
  'ip-confirmation': {
    reach: async (stage, way) => {
      await drafted(stage, way);
      await startsTrial(way.person);
      return '/ip-restriction/trial';
    },
    act: 'main form[action="/ip-restriction/confirmation"] button',
  },
};
