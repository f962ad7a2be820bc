import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SearchCandidate, SearchDocument, SearchIndex, SearchQuery } from '../store.ts';
import { lexeme, toFts5, toTsquery } from './search-expression.ts';
import { documentTokens, FILLER } from './search-tokens.ts';
import { chunks, inTransaction, isIn, type Sql } from './sql.ts';

/** On SQLite the cross join keeps the index outside: it yields its rows newest first and stops at the limit. */
const FROM = {
  sqlite: sql`search_tokens cross join articles on articles.id = search_tokens.rowid`,
  postgres: sql`search_tokens join articles on articles.id = search_tokens.article_id`,
};

export function createSearchIndex(on: Sql): SearchIndex {
  const key =
    on.kind === 'sqlite'
      ? sql.ref<number>('search_tokens.rowid')
      : sql.ref<number>('search_tokens.article_id');

  function matches({ where, scopes, maxId, ingestedAfter }: SearchQuery): RawBuilder<SqlBool> {
    const found =
      on.kind === 'sqlite'
        ? sql<SqlBool>`search_tokens match ${toFts5(where)}`
        : sql<SqlBool>`search_tokens.tokens @@ ${toTsquery(where)}::tsquery`;
    return sql<SqlBool>`${found} and ${isIn(on, 'articles.scope', scopes)}
      ${maxId === undefined ? sql`` : sql`and ${key} <= ${maxId}`}
      ${ingestedAfter === undefined ? sql`` : sql`and articles.ingested_at > ${ingestedAfter}`}`;
  }

  return {
    put: (documents) =>
      inTransaction(on, async ({ db }) => {
        for (const part of chunks(documents))
          if (on.kind === 'sqlite')
            await sql`insert or replace into search_tokens (rowid, tokens)
              values ${sql.join(part.map((document) => sql`(${document.id}, ${documentTokens(document).join(' ')})`))}`.execute(
              db,
            );
          else
            await sql`insert into search_tokens (article_id, tokens)
              values ${sql.join(part.map((document) => sql`(${document.id}, ${toTsvector(document)}::tsvector)`))}
              on conflict (article_id) do update set tokens = excluded.tokens`.execute(db);
      }),

    async candidates(query, limit) {
      const { rows } = await read<SearchCandidate>(
        on,
        sql`select ${key} as id, articles.title, articles.published, outlets.tier, story_members.story_id as "storyId"
          from ${FROM[on.kind]}
          join outlets on outlets.id = articles.outlet_id
          left join story_members on story_members.article_id = articles.id
          where ${matches(query)}
          order by ${key} desc limit ${limit}`,
      );
      return rows;
    },

    async count(query) {
      const { rows } = await read<{ count: number }>(
        on,
        sql`select count(*) as count from ${FROM[on.kind]} where ${matches(query)}`,
      );
      return Number(rows[0]!.count);
    },
  };
}

/** In a transaction its own writes must be seen; else a long search on SQLite stays off this thread. */
function read<R>(on: Sql, query: RawBuilder<R>): Promise<{ rows: R[] }> {
  if (on.db.isTransaction || !on.reader) return query.execute(on.db);
  const { sql: text, parameters } = query.compile(on.db);
  return on.reader.read<R>(text, parameters);
}

function toTsvector(document: SearchDocument): string {
  const places = new Map<string, number[]>();
  for (const [i, term] of documentTokens(document).entries()) {
    if (term === FILLER) continue;
    const list = places.get(term);
    if (list) list.push(i + 1);
    else places.set(term, [i + 1]);
  }
  return [...places].map(([term, list]) => `${lexeme(term)}:${list.join(',')}`).join(' ');
}
