import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';

export interface DemoMail {
  id: number;
  from: string;
  to: string;
  subject: string;
  text: string;
  links: string[];
  receivedAt: Date;
}

type Row = Omit<DemoMail, 'links'>;

/** What the built-in mail server received, newest first. */
@Injectable()
export class Mailbox {
  constructor(private readonly pool: Pool) {}

  async all(): Promise<DemoMail[]> {
    const found = await this.pool.query<Row>(`${SELECT} order by id desc limit 200`);
    return found.rows.map(withLinks);
  }

  async find(id: number): Promise<DemoMail | undefined> {
    const found = await this.pool.query<Row>(`${SELECT} where id = $1`, [id]);
    return found.rows.map(withLinks)[0];
  }
}

const SELECT = `select id, sender as "from", recipient as "to", subject, body_text as text, received_at as "receivedAt"
                from demo_mails`;

function withLinks(row: Row): DemoMail {
  return { ...row, links: row.text.match(/^https?:\/\/\S+$/gm) ?? [] };
}
