import { Controller, Get } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { Public } from '../web/access.js';
import { Readiness } from './readiness.js';

/** Monitors ask `live` (the process answers) and `ready` (it can do its work). */
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  live(): object {
    return { status: 'ok' };
  }

  @Get('ready')
  @HealthCheck({ noCache: true })
  ready(): Promise<object> {
    return this.health.check([
      () => this.readiness.database(),
      () => this.readiness.migrations(),
      () => this.readiness.jobs(),
    ]);
  }
}
