import type { Migration } from './migration.ts';

/**
 * The search index. SQLite: a contentless FTS5 table whose tokens we make ourselves (`ascii` leaves every other
 * character alone, so no token is split or folded again); a trigger keeps it free of removed articles.
 * Postgres: the same tokens as a `tsvector`.
 */
export const search: Migration = {
  version: 2,
  name: 'search',
  up: (kind) =>
    kind === 'sqlite'
      ? [
          `create virtual table search_tokens using fts5(
            tokens, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '_:.-'")`,
          `create trigger search_tokens_removed after delete on articles begin
            delete from search_tokens where rowid = old.id; end`,
        ]
      : [
          `create table search_tokens (
            article_id bigint primary key references articles (id) on delete cascade,
            tokens tsvector not null)`,
          'create index search_tokens_by_token on search_tokens using gin (tokens)',
        ],
};
