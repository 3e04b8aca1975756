import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { idOfOwner, type FactorOwner } from './factor-owner.js';
import { Passkey } from './passkey.entity.js';

export const MOST_PASSKEYS = 10;

/** EdDSA, ES256, RS256: what devices have. The runtime calls others experimental. */
const ALGORITHMS = [-8, -7, -257];

type Kind = 'registration' | 'question';
type PasskeyUse = 'right' | 'wrong' | 'copied';

/** Whose new passkey it becomes, and what names the ceremony that makes it. */
export interface PasskeyHolder {
  owner: FactorOwner;
  loginId: string;
  name: string;
  ceremony: string;
}

/** Loaded when somebody has a passkey: it takes as long to load as the rest of the application. */
const library = () => import('@simplewebauthn/server');

/**
 * WebAuthn. The challenge of a ceremony follows from what names it, and what it uses up: the cookie of
 * a pending sign-in, the run of a recovery, the session and when that gave the factor last, or when a
 * key was used last. So nothing
 * is stored for a page that is only looked at, and an answer is of use in one browser, for one ceremony,
 * once. A new key is of use once because there is none twice, so the session is enough to name it.
 */
@Injectable()
export class Passkeys {
  readonly #key: Buffer;
  readonly #origin: string;
  readonly #host: string;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
  ) {
    this.#key = config.keyFor('passkey-challenges');
    ({ origin: this.#origin, hostname: this.#host } = new URL(config.publicUrl));
  }

  /** The oldest first. */
  async of(owner: FactorOwner): Promise<Passkey[]> {
    const order = { orderBy: { createdAt: 'asc', id: 'asc' }, refresh: true } as const;
    return this.em.find(Passkey, owner, order);
  }

  /** Before a transaction that needs the library. */
  async load(): Promise<void> {
    await library();
  }

  /** What the browser is asked to make, as JSON. */
  async registrationOptions({ owner, loginId, name, ceremony }: PasskeyHolder): Promise<string> {
    const { generateRegistrationOptions } = await library();
    const options = await generateRegistrationOptions({
      rpName: this.config.serviceName,
      rpID: this.#host,
      userID: Buffer.from(idOfOwner(owner).replaceAll('-', ''), 'hex'),
      userName: loginId,
      userDisplayName: name,
      challenge: this.#challengeOf('registration', ceremony),
      attestationType: 'none',
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: credentialsOf(await this.of(owner)),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
    return JSON.stringify(options);
  }

  /** In the caller's transaction. @returns false for an answer to anything else than these options */
  async register(
    { owner, ceremony }: PasskeyHolder,
    name: string,
    answer: string,
  ): Promise<boolean> {
    const { verifyRegistrationResponse } = await library();
    const { registrationInfo } = await orNothing(() =>
      verifyRegistrationResponse({
        response: JSON.parse(answer) as RegistrationResponseJSON,
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
        ...this.#expected('registration', ceremony),
      }),
    );
    if (!registrationInfo) return false;
    const { id: credentialId, publicKey, counter, transports = [] } = registrationInfo.credential;
    if (await this.em.findOne(Passkey, { credentialId })) return false;
    const made = { ...owner, credentialId, publicKey: Buffer.from(publicKey), counter };
    await this.em.insert(Passkey, { ...made, transports, name });
    return true;
  }

  /** What the browser is asked to prove, as JSON; undefined without a passkey. */
  async questionOptions(owner: FactorOwner, ceremony: string): Promise<string | undefined> {
    const passkeys = await this.of(owner);
    if (passkeys.length === 0) return undefined;
    const { generateAuthenticationOptions } = await library();
    const options = await generateAuthenticationOptions({
      rpID: this.#host,
      challenge: this.#challengeOf('question', ceremony),
      allowCredentials: credentialsOf(passkeys),
      userVerification: 'preferred',
    });
    return JSON.stringify(options);
  }

  /** As the answer says, which nobody verified here. */
  async thatAnswered(owner: FactorOwner, answer: string): Promise<Passkey | undefined> {
    const id = credentialIdIn(answer);
    return (await this.of(owner)).find(({ credentialId }) => credentialId === id);
  }

  /**
   * In the caller's transaction; the counter moves on by one conditional statement. A right answer
   * whose counter is behind comes from a copy, or from the original after a copy was used.
   */
  async use(owner: FactorOwner, answer: string, ceremony: string): Promise<PasskeyUse> {
    const passkey = await this.thatAnswered(owner, answer);
    if (!passkey) return 'wrong';
    const { id, credentialId, publicKey, counter } = passkey;
    const { verifyAuthenticationResponse } = await library();
    const { verified, authenticationInfo } = await orNothing(() =>
      verifyAuthenticationResponse({
        response: JSON.parse(answer) as AuthenticationResponseJSON,
        credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
        requireUserVerification: false,
        ...this.#expected('question', ceremony),
      }),
    );
    if (!verified || !authenticationInfo) return 'wrong';
    const { newCounter } = authenticationInfo;
    if (counter > 0 && newCounter <= counter) return 'copied';
    const used = { counter: newCounter, lastUsedAt: await databaseNow(this.em) };
    return (await this.em.nativeUpdate(Passkey, { id, counter }, used)) === 1 ? 'right' : 'wrong';
  }

  async rename(owner: FactorOwner, id: string, name: string): Promise<boolean> {
    return (await this.em.nativeUpdate(Passkey, { id, ...owner }, { name })) === 1;
  }

  /** In the caller's transaction. */
  async remove(owner: FactorOwner, id: string): Promise<boolean> {
    return (await this.em.nativeDelete(Passkey, { id, ...owner })) === 1;
  }

  async removeAll(owner: FactorOwner): Promise<void> {
    await this.em.nativeDelete(Passkey, owner);
  }

  #expected(kind: Kind, ceremony: string) {
    return {
      expectedChallenge: this.#challengeOf(kind, ceremony).toString('base64url'),
      expectedOrigin: this.#origin,
      expectedRPID: this.#host,
    };
  }

  #challengeOf(kind: Kind, ceremony: string): Buffer<ArrayBuffer> {
    const mac = createHmac('sha256', this.#key).update(`${kind} ${ceremony}`);
    return Buffer.from(mac.digest());
  }
}

function credentialsOf(passkeys: Passkey[]) {
  return passkeys.map(({ credentialId: id, transports }) => ({
    id,
    transports: transports as AuthenticatorTransport[],
  }));
}

function credentialIdIn(answer: string): unknown {
  try {
    return (JSON.parse(answer) as { id?: unknown } | null)?.id;
  } catch {
    return undefined;
  }
}

/** The library throws for whatever an answer is not. */
async function orNothing<T extends object>(verify: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await verify();
  } catch {
    return {};
  }
}
