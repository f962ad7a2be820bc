import { columnTypes, type Migration } from './migration.ts';

/** Titles of entries, by which an article is known whose guid and address have changed, or that an aggregator carries. */
export const entryTitles: Migration = {
  version: 6,
  name: 'entry-titles',
  up: (kind) => [
    `alter table entries add column title_hash ${columnTypes(kind).text}`,
    'create index entries_title on entries (title_hash, feed_id)',
  ],
};
