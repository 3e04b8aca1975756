import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { readForm, type FormBody } from '../web/forms.js';
import type { Checked } from './credentials.js';
import { LoginForm } from './login.form.js';

/** Has the credentials of a well-formed login form checked; what they are worth, the page says. */
@Injectable()
export class LocalGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const { body } = context.switchToHttp().getRequest<{ body: FormBody }>();
    if (readForm(LoginForm, body).ok) await super.canActivate(context);
    return true;
  }

  override handleRequest<T>(error: unknown, checked: T): T {
    if (error) throw error;
    return checked;
  }
}

/** What `LocalGuard` found out. */
export const CheckedCredentials = createParamDecorator(
  (_: unknown, context: ExecutionContext): Checked =>
    context.switchToHttp().getRequest<Request & { user: Checked }>().user,
);
