import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from '../app.module.js';
import { RefusedRequests } from '../audit/refused-requests.js';
import type { Config } from '../config.js';
import { newWebProcessName } from '../database/application-name.js';
import { FactorMinimum } from '../auth/second-factor/duty/factor-minimum.js';
import { ForwardingWatch } from '../ip-restriction/forwarding-watch.js';
import { PlainUnknownPage } from '../auth/sessions/plain-unknown-page.js';
import { EntranceTurns } from '../limits/entrance-turns.js';
import { PlainLoginPage } from '../auth/sign-in/plain-login-page.js';
import { Refusals } from '../auth/sign-in/refusals.js';
import { Drain } from '../health/drain.js';
import { Health } from '../health/health.js';
import { healthPages } from '../health/health-pages.js';
import { COUNTER_CONNECTIONS } from '../limits/counter-pool.js';
import { useEdge } from '../web/requests/edge.js';
import { refuseBodiesInPieces } from './bodies-in-pieces.js';
import { fileForms } from './file-forms.js';
import { FixedRoutes } from './fixed-routes.js';
import { createLog, requestLog, startLog } from './logging.js';
import { answerOneAtATime } from './one-at-a-time.js';
import { answerUnreadable } from './unreadable-requests.js';
import { watchConnections } from './unused-connections.js';

const HEAD_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const CHECK_EVERY = 2_000;
/** Longer than proxies keep a connection, so that none sends a request into one that just ended. */
const KEEP_ALIVE = 75_000;

/** With what Node reads of a server, and its types leave out. */
interface AdjustableServer extends Server {
  connectionsCheckingInterval?: number;
  requireHostHeader?: boolean;
}

/** The application with everything but an open port and running jobs. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  config.applicationName = newWebProcessName(config.databasePool + COUNTER_CONNECTIONS);
  const log = createLog(config);
  const module = AppModule.for(config, log);
  const app = await NestFactory.create<NestExpressApplication>(module, new FixedRoutes(), {
    bodyParser: false,
    logger: startLog(log),
    abortOnError: false,
  });
  const refused = app.get(RefusedRequests);
  useEdge(app, {
    requestLog: requestLog(log, config.metricsPort !== undefined, refused),
    healthPages: healthPages(app.get(Health), log),
    forwardingWatch: app.get(ForwardingWatch).handler,
    plainLoginPage: app.get(PlainLoginPage).handler,
    plainUnknownPage: app.get(PlainUnknownPage).handler,
    entranceTurns: app.get(EntranceTurns).handler,
    refusals: app.get(Refusals),
    fileForms: fileForms(app),
  });
  const server: AdjustableServer = app.getHttpServer();
  server.headersTimeout = HEAD_TIMEOUT;
  server.requestTimeout = REQUEST_TIMEOUT;
  server.connectionsCheckingInterval = CHECK_EVERY;
  server.keepAliveTimeout = KEEP_ALIVE;
  // The edge asks for it, with a page and a number.
  server.requireHostHeader = false;
  answerOneAtATime(server);
  refuseBodiesInPieces(server);
  answerUnreadable(server, log, refused);
  watchConnections(server);
  const drain = app.get(Drain);
  server.prependListener('request', (_request, response) => {
    if (drain.hasBegun) response.shouldKeepAlive = false;
  });
  await app.init();
  await app.get(FactorMinimum).adopt();
  app.useLogger(app.get(Logger));
  return app;
}
