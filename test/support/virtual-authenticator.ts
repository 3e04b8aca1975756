import type { CDPSession, Page } from 'playwright-core';

interface Credential {
  credentialId: string;
  signCount: number;
}

/** A device that holds passkeys for one tab, and whose owner agrees to everything. */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async pluggedIn(page: Page): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  async credentials(): Promise<Credential[]> {
    const { authenticatorId } = this;
    const held = await this.session.send('WebAuthn.getCredentials', { authenticatorId });
    return held.credentials;
  }

  /** Somebody else's copy of the key was made before: it counts from there. */
  async countsFrom(signCount: number): Promise<void> {
    const { authenticatorId } = this;
    const held = await this.session.send('WebAuthn.getCredentials', { authenticatorId });
    for (const credential of held.credentials) {
      const { credentialId } = credential;
      await this.session.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
      const copy = { ...credential, signCount };
      await this.session.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
    }
  }

  async isUnplugged(): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    await this.session.detach();
  }
}
