import { columnTypes, type Migration } from './migration.ts';

/** What buttons do whose call does not fit in them, by its hash; what nobody has used for long is removed. */
export const longCalls: Migration = {
  version: 4,
  name: 'long-calls',
  up: (kind) => {
    const t = columnTypes(kind);
    return [
      `create table long_calls (
        key ${t.text} not null primary key,
        call ${t.text} not null,
        used_at ${t.int} not null
      ${t.endByKey}`,
      'create index long_calls_used on long_calls (used_at)',
    ];
  },
};
