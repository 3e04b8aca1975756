import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';
export const ADMINISTRATORS_ONLY = 'administrators-only';

/** Reachable without signing in; every other page asks for it. */
export const Public = () => SetMetadata(PUBLIC, true);

/** For administrators; staff get the 403 page. */
export const AdministratorsOnly = () => SetMetadata(ADMINISTRATORS_ONLY, true);
