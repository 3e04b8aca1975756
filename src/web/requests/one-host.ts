import { BadRequestException } from '@nestjs/common';
import type { RequestHandler } from 'express';

/** Of several hosts a proxy may read the one, and we the other. HTTP/1.0 knows none. */
export const onlyOneHost: RequestHandler = ({ rawHeaders, httpVersion }, _response, next) => {
  const hosts = rawHeaders.filter((name, place) => place % 2 === 0 && /^host$/i.test(name)).length;
  if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) next();
  else next(new BadRequestException());
};
