import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';
export const ADMINISTRATORS_ONLY = 'administrators-only';
export const FRESH_PASSWORD = 'fresh-password';

/** Reachable without signing in; every other page asks for it. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Of the people who are signed in, only administrators; staff get 403. */
export const AdministratorsOnly = () => SetMetadata(ADMINISTRATORS_ONLY, true);

/** Its POSTs ask for the password again, when it was given more than five minutes ago. */
export const FreshPassword = () => SetMetadata(FRESH_PASSWORD, true);
