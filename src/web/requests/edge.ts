import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { Config } from '../../config.js';
import { unitOfWork } from '../../database/unit-of-work.js';
import { ClientUnknown } from '../client-unknown.js';
import { CookieJar } from '../cookies.js';
import { Assets } from '../pages/assets.js';
import { wantsFragment } from '../pages/pages.js';
import type { Visit, VisitedRequest } from '../visit.js';
import { Beginnings } from './beginnings.js';
import { ClientAddresses, clientOf, networkOf, siteOf } from './client-address.js';
import { keptCookies } from '../cookie-trial.js';
import { deskOnlyFromItsNetworks } from './desk-networks.js';
import { formBody, type FileForm } from './form-body.js';
import { LANGUAGE_COOKIE, languageOf } from './visit-language.js';
import { onlyWhoStays } from './hung-up.js';
import { onlyKnownMethods } from './methods.js';
import { onlyOneHost } from './one-host.js';
import { discardRefusedBodies } from './refused-bodies.js';
import { newRequestId } from './request-id.js';
import { onlyOwnPosts } from './same-origin.js';

const LONGEST_BROWSER_NAME = 400;

interface Edge {
  /** Sees each request, and how it was answered. */
  requestLog: RequestHandler;
  healthPages: RequestHandler;
  refusals: { ofStrangers: RequestHandler; ofKnownBrowsers: RequestHandler };
  forwardingWatch: RequestHandler;
  /** Waits until the request has its turn. */
  entranceTurns: RequestHandler;
  plainLoginPage: RequestHandler;
  plainUnknownPage: RequestHandler;
  fileForms: readonly FileForm[];
}

/** Every request passes these, in this order, before any module sees it. */
export function useEdge(
  app: NestExpressApplication,
  {
    requestLog,
    healthPages,
    forwardingWatch,
    plainLoginPage,
    plainUnknownPage,
    refusals,
    entranceTurns,
    fileForms,
  }: Edge,
): void {
  const config = app.get(Config);
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(
    onlyWhoStays,
    discardRefusedBodies,
    requestLog,
    securityHeaders(config),
    visiting(config),
  );
  app.use(onlyOneHost, healthPages);
  app.use(app.get(Assets).handler());
  app.use(deskOnlyFromItsNetworks(config), forwardingWatch, plainLoginPage, keptCookies);
  app.use(plainUnknownPage, onlyKnownMethods, onlyOwnPosts(config));
  app.use(refusals.ofStrangers, formBody(fileForms), refusals.ofKnownBrowsers);
  app.use(entranceTurns, unitOfWork);
}

function securityHeaders(config: Config): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config.secure && { maxAge: 63_072_000, includeSubDomains: true },
    xFrameOptions: { action: 'deny' },
    // Express sends none.
    xPoweredBy: false,
  }) as RequestHandler;
}

function visiting(config: Config): RequestHandler {
  const addresses = new ClientAddresses(config.trustProxy);
  const beginnings = new Beginnings();
  return (request, response, next) => {
    const requestId = newRequestId();
    response.setHeader('X-Request-Id', requestId);
    const forwarded = request.headers['x-forwarded-for']?.toString();
    const peer = request.socket.remoteAddress ?? '';
    const client = addresses.of(peer, forwarded);
    const address = client.ok ? client.address : '0.0.0.0';
    const cookies = new CookieJar(request.headers.cookie, response, config.secure);
    const visit: Visit = {
      requestId,
      address,
      client: clientOf(address),
      network: networkOf(address),
      site: siteOf(address),
      browser: (request.headers['user-agent'] ?? '').slice(0, LONGEST_BROWSER_NAME),
      language: languageOf(request, LANGUAGE_COOKIE.read({ cookies })),
      partial: wantsFragment(request.headers),
      cookies,
      enters: () => undefined,
      isGone: () => request.socket.destroyed,
      onceGone: (leave) => response.once('close', leave),
      person: undefined,
      desk: undefined,
      kept: undefined,
      banner: undefined,
      errorTitle: undefined,
      refusal: undefined,
      fault: undefined,
    };
    (request as VisitedRequest).visit = visit;
    // Monitors are answered whatever a proxy writes, and whatever else comes from their address.
    if (request.path.startsWith('/health/'))
      beginnings.take({ ...visit, client: `health ${visit.client}` }, next);
    else
      beginnings.take(visit, () =>
        next(client.ok ? undefined : new ClientUnknown(peer, forwarded)),
      );
  };
}
