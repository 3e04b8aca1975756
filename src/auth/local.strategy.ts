import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import type { VisitedRequest } from '../web/visit.js';
import { Credentials, type Checked } from './credentials.js';
import { passwordText } from './password-text.js';

/** Passport's name for login ID and password; what they are worth is `Credentials`' decision. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly credentials: Credentials) {
    super({ usernameField: 'loginId', passReqToCallback: true, session: false });
  }

  validate(request: VisitedRequest, loginId: string, password: string): Promise<Checked> {
    return this.credentials.check(loginId, passwordText(password), request.visit);
  }
}
