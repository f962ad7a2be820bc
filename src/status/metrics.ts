import { Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  polls: Counter<'outcome'>;
  articles: Counter;
  deliveries: Counter<'state'>;
  jobSeconds: Histogram<'job'>;
}

/** A registry of its own for each app: two in one process do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    polls: new Counter({ name: 'tumen_polls_total', help: 'Feed polls', labelNames: ['outcome'], registers }),
    articles: new Counter({
      name: 'tumen_articles_processed_total',
      help: 'Articles judged and grouped',
      registers,
    }),
    deliveries: new Counter({
      name: 'tumen_deliveries_total',
      help: 'Deliveries that ended',
      labelNames: ['state'],
      registers,
    }),
    jobSeconds: new Histogram({
      name: 'tumen_job_duration_seconds',
      help: 'How long a run of a job took',
      labelNames: ['job'],
      buckets: [0.01, 0.1, 1, 10, 60],
      registers,
    }),
  };
}
