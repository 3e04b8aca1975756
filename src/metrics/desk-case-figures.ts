import { Gauge } from 'prom-client';
import type { Figures } from './figures.js';

/** What people of the desk have to do. */
export const DESK_CASE_FIGURES: Figures = {
  statement: `
    select kind, case when age < interval '1 day' then 'day' when age < interval '7 days' then 'week'
                      else 'older' end as age,
           count(*) as open, count(*) filter (where due_at < genkan_now()) as overdue
    from (select *, genkan_now() - opened_at as age from desk_cases where state <> 'done') c
    group by kind, 2`,
  gauges: {
    open: new Gauge({
      name: 'genkan_desk_cases_open',
      help: 'Cases of the desk that are not done, by what they are about and since when',
      labelNames: ['kind', 'age'],
    }),
    overdue: new Gauge({
      name: 'genkan_desk_cases_overdue',
      help: 'Those of them whose time is over',
      labelNames: ['kind', 'age'],
    }),
  },
};
