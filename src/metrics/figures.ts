import type { Gauge } from 'prom-client';

/** A statement whose columns are labels and gauges, by their names. */
export interface Figures {
  statement: string;
  gauges: Record<string, Gauge>;
}
