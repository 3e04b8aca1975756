import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';

/** More to choose from than anybody reads. */
const MOST = 100;

/**
 * Jumps from one department to the next in the index, so that it costs the same for any number of
 * people.
 */
const DEPARTMENTS = {
  name: 'departments',
  text: `
    with recursive jumps as (
      (select department, 1 as place from accounts
       where corporation_id = $1 and department <> '' and state <> 'deleted'
       order by department limit 1)
      union all
      select (select department from accounts
              where corporation_id = $1 and department <> '' and state <> 'deleted'
                and department > jumps.department
              order by department limit 1), place + 1
      from jumps where jumps.department is not null and place < ${MOST})
    select department from jumps where department is not null`,
};

/** What a list can be narrowed by. */
@Injectable()
export class Departments {
  constructor(private readonly pool: Pool) {}

  async of(corporationId: string): Promise<string[]> {
    const values = [corporationId];
    const { rows } = await this.pool.query<{ department: string }>({ ...DEPARTMENTS, values });
    return rows.map(({ department }) => department);
  }
}
