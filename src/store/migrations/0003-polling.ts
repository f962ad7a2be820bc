import { columnTypes, type Migration } from './migration.ts';

/** What polling and reading pages remember beyond the life of a process. */
export const polling: Migration = {
  version: 3,
  name: 'polling',
  up: (kind) => {
    const t = columnTypes(kind);
    return [
      `alter table feeds add column moved_from ${t.text}`,
      `alter table feeds add column habits ${t.text}`,
      `alter table articles add column page_tries ${t.int} not null default 0`,
      `alter table articles add column page_after ${t.int} not null default 0`,
    ];
  },
};
