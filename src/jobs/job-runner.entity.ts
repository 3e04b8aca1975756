import { defineEntity, p } from '@mikro-orm/postgresql';

export const JobRunnerSchema = defineEntity({
  name: 'JobRunner',
  tableName: 'job_runners',
  properties: {
    /** As the job queue names it in the jobs that it holds. */
    id: p.text().primary(),
    seenAt: p.datetime().defaultRaw('now()'),
  },
});

export class JobRunner extends JobRunnerSchema.class {}

JobRunnerSchema.setClass(JobRunner);
