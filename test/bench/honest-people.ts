/** People who sign in, recover and register while somebody else floods the service. */
import { setTimeout as wait } from 'node:timers/promises';
import { send, type Answer } from '../support/http.ts';
import { signInOf } from './application.ts';
import { inDatabase } from './stage.ts';

const PAIR = { corporateNumber: '1000001', transferAccountNumber: '0012345' };
const PAIR_OF_RECOVERY = { corporateNumber: '2000002', transferAccountNumber: '2345678' };
const NEW_PASSWORD = { password: 'kaede-1192-tsuki', passwordConfirmation: 'kaede-1192-tsuki' };
const MAILED_URL =
  /https?:[^"\s\\]*\/(?:password-reset|activation|admin-enrollment\/application)\/[\w-]{20,}/;
const MAIL_WITHIN_MS = 30_000;

/** Everybody signs in with the demo's password, and has a mailbox. */
const PEOPLE = `
  insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana,
    email, email_key, password_hash, activated_at)
  select corporation_id, 'staff', 'active', $2::text || '-' || n, $2 || '-' || n, '正直 太郎',
         'ショウジキ タロウ', $2 || '-' || n || '@example.jp', $2 || '-' || n || '@example.jp',
         password_hash, genkan_now()
  from accounts, generate_series(1, $1::int) n where login_id = 'suzuki-demo'`;

export const addHonestPeople = (databaseUrl: string, count: number, name = 'honest') =>
  inDatabase(databaseUrl, [PEOPLE, [count, name]]);

let people = 0;

/** Another network for everybody. */
function newAddress(): string {
  people += 1;
  return `10.${people >> 8}.${people & 255}.7`;
}

/** One browser, in a network of its own. */
export class HonestPerson {
  readonly #cookies = new Map<string, string>();
  readonly #address = newAddress();

  readonly loginId: string;
  readonly #port: number;

  constructor(port: number, loginId: string) {
    this.#port = port;
    this.loginId = loginId;
  }

  /** Whether it got in, and after how many milliseconds. */
  async signIn(): Promise<[boolean, number]> {
    this.#cookies.delete('session');
    const { path, form } = signInOf(this.loginId);
    return this.#timed(() => this.#posts(path, form!), /^\/(?:\?cookies=set)?$/);
  }

  /** @returns the last step, which judges and hashes the new password */
  async beginsToRegister(): Promise<() => Promise<[boolean, number]>> {
    const { flow } = await this.provesNumbers();
    const details = this.#detailsOf(flow);
    return () => this.#timed(() => this.#posts('/initiate/details', details), /confirmation/);
  }

  /** The flow behind the two numbers of a company without administrators. */
  async provesNumbers(): Promise<{ flow: string; cookie: string }> {
    const flow = flowOf(await this.#posts('/initiate/numbers', PAIR));
    return { flow, cookie: this.#cookie };
  }

  /** @returns the step that types the right pair of a company without administrators */
  typesNumbers(): () => Promise<[boolean, number]> {
    return () => this.#timed(() => this.#posts('/initiate/numbers', PAIR), /details/);
  }

  /** @returns the last step, which judges and hashes the new password */
  async beginsToRecover(): Promise<() => Promise<[boolean, number]>> {
    const flow = flowOf(await this.#posts('/password-reset/numbers', await this.#pairBehindLink()));
    const page = await this.#asks('GET', `/password-reset/new-password?flow=${flow}`);
    const shown = /name="shown" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const chosen = { ...NEW_PASSWORD, flow, shown };
    return () => this.#timed(() => this.#posts('/password-reset/new-password', chosen), /confirm/);
  }

  /** @returns the step that types the right pair behind a live link */
  async typesNumbersBehindLink(): Promise<() => Promise<[boolean, number]>> {
    const pair = await this.#pairBehindLink();
    return () => this.#timed(() => this.#posts('/password-reset/numbers', pair), /flow=/);
  }

  /** What it brings to the step that types numbers behind a live link. */
  async standsBehindLink(): Promise<{ link: string; cookie: string }> {
    const { link = '' } = await this.#pairBehindLink();
    return { link, cookie: this.#cookie };
  }

  async #pairBehindLink(): Promise<Record<string, string>> {
    await this.#posts('/password-reset', { email: `${this.loginId}@example.jp` });
    await this.#asks('GET', await this.mailedPath());
    const page = await this.#asks('GET', '/password-reset/numbers');
    const link = /name="link" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return { ...PAIR_OF_RECOVERY, link };
  }

  /** Applies to administer the other company, as somebody who left it could. */
  async appliesWithInvoice(): Promise<void> {
    const path = '/admin-enrollment';
    const flow = flowOf(await this.#posts(`${path}/numbers`, PAIR_OF_RECOVERY));
    await this.#posts(`${path}/details`, this.#detailsOf(flow));
    await this.#posts(`${path}/confirmation`, { flow });
  }

  /** The link that its newest mail holds. */
  async mailedPath(): Promise<string> {
    return new URL(await this.#mailedUrl()).pathname;
  }

  /** @returns the cookies of a browser that opened the link of its newest mail */
  async opensMail(): Promise<string> {
    await this.#asks('GET', await this.mailedPath());
    return this.#cookie;
  }

  #detailsOf(flow: string): Record<string, string> {
    return {
      name: '新規 花子',
      nameKana: 'シンキ ハナコ',
      email: `${this.loginId}@example.jp`,
      loginId: `new-${this.loginId}`,
      ...NEW_PASSWORD,
      flow,
    };
  }

  get #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async #mailedUrl(): Promise<string> {
    for (let waited = 0; waited < MAIL_WITHIN_MS; waited += 200) {
      const { text } = await this.#asks('GET', '/dev/mailbox', { accept: 'application/json' });
      const mails = JSON.parse(text) as { id: number }[];
      const mine = mails.find((mail) => JSON.stringify(mail).includes(`${this.loginId}@`));
      if (mine) {
        const whole = await this.#asks('GET', `/dev/mailbox/${mine.id}`, {
          accept: 'application/json',
        });
        return MAILED_URL.exec(whole.text)![0];
      }
      await wait(200);
    }
    throw new Error(`No mail came to ${this.loginId}`);
  }

  async #timed(act: () => Promise<Answer>, leadsTo: RegExp): Promise<[boolean, number]> {
    const started = performance.now();
    const { status, headers } = await act();
    const isFine = status === 303 && leadsTo.test(headers.location ?? '');
    return [isFine, performance.now() - started];
  }

  #posts(path: string, fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    return this.#asks('POST', path, { 'content-type': 'application/x-www-form-urlencoded' }, body);
  }

  async #asks(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
  ): Promise<Answer> {
    const answer = await send(new URL(path, `http://127.0.0.1:${this.#port}`), {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': this.#address,
        cookie: this.#cookie,
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([\w-]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

function flowOf({ status, headers }: Answer): string {
  const flow = /flow=([\w-]+)/.exec(headers.location ?? '')?.[1];
  if (!flow) throw new Error(`The numbers were answered by ${status}`);
  return flow;
}
