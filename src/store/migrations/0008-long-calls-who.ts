import { columnTypes, type Migration } from './migration.ts';

/** Whose answer the button stands in: what it does may hold their words, and goes when they are forgotten. */
export const longCallsWho: Migration = {
  version: 8,
  name: 'long-calls-who',
  up: (kind) => [
    `alter table long_calls add column who ${columnTypes(kind).text}`,
    'create index long_calls_who on long_calls (who)',
  ],
};
