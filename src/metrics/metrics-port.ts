import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Logger } from 'pino';
import { register } from 'prom-client';
import type { Config } from '../config.js';
import type { Health } from '../health/health.js';
import { noteHealth } from '../health/health-pages.js';
import { newRequestId } from '../web/requests/request-id.js';

interface Sources {
  health: Health;
  figures: () => Promise<string>;
  log: Logger;
}

interface Reply {
  status: number;
  type: string;
  body: string;
}

/** The port for monitors, which customers do not reach; there is none without `METRICS_PORT`. */
export async function openMetricsPort(config: Config, sources: Sources): Promise<void> {
  if (config.metricsPort === undefined) return;
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    void replyTo(path, sources).then(({ status, type, body }) =>
      response
        .setHeader('X-Request-Id', newRequestId())
        .writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' })
        .end(body),
    );
  });
  // The pages keep the process alive, not their monitors.
  server.unref().listen(config.metricsPort, config.metricsHost);
  await once(server, 'listening');
}

async function replyTo(path: string, { health, figures, log }: Sources): Promise<Reply> {
  try {
    if (path === '/metrics')
      return { status: 200, type: register.contentType, body: await figures() };
    const report = await health.report(path);
    if (!report) return { status: 404, type: 'text/plain', body: 'Not found\n' };
    noteHealth(report, log);
    return { status: report.status, type: 'application/json', body: JSON.stringify(report.body) };
  } catch (error) {
    log.error(error, 'monitors got no answer');
    return { status: 500, type: 'text/plain', body: 'Failed\n' };
  }
}
