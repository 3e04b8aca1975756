import type { RequestHandler } from 'express';
import type { Config } from '../../config.js';
import type { VisitedRequest } from '../visit.js';
import { NetworkList } from './client-address.js';

/** As the router reads paths. */
const DESK = /^\/desk(?:\/|$)/i;
/** Of no page: it ends where all unknown paths do. */
const NOWHERE = '/not-found';

/** To clients outside of `DESK_NETWORKS` the desk's pages look as if they were not there. */
export function deskOnlyFromItsNetworks({ deskNetworks }: Config): RequestHandler {
  const networks = new NetworkList(deskNetworks);
  return (request, _response, next) => {
    const { visit } = request as VisitedRequest;
    // A path that cannot be decoded is refused as such everywhere.
    if (DESK.test(request.path) && isDecodable(request.path) && !networks.has(visit.address))
      request.url = NOWHERE;
    next();
  };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
