import { MikroOrmModule } from '@mikro-orm/nestjs';
import { EntityManager, PostgreSqlDriver, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import { Global, Module } from '@nestjs/common';
import { Pool } from 'pg';
import { databaseOptions } from '../../mikro-orm.config.js';
import { Config } from '../config.js';
import { LateWrites } from './late-writes.js';
import { scopedManager } from './unit-of-work.js';

/** One pool: the ORM, the prepared statements of hot paths and the job queue share it. */
@Global()
@Module({
  imports: [
    MikroOrmModule.forRootAsync({
      inject: [Config],
      driver: PostgreSqlDriver,
      useFactory: (config: Config) => ({
        ...databaseOptions(config.databaseUrl, {
          connections: config.databasePool,
          name: config.applicationName,
        }),
        registerRequestContext: false,
      }),
    }),
  ],
  providers: [
    LateWrites,
    {
      provide: Pool,
      inject: [EntityManager],
      useFactory: (em: EntityManager) =>
        (em.getConnection() as PostgreSqlConnection).getNativeClient(),
    },
  ],
  exports: [LateWrites, Pool],
})
export class DatabaseModule {
  constructor(em: EntityManager) {
    em.config.set('context', () => scopedManager(em));
  }
}
