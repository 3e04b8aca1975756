import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';

/** Reachable without signing in; every other page asks for it. */
export const Public = () => SetMetadata(PUBLIC, true);
