import { tokenize } from '../../text/tokenize.ts';
import type { SearchIndex } from '../store.ts';
import { isIn, type Sql } from './sql.ts';

/** Reads the newest articles themselves; no index is kept. */
export function createSearchIndex(on: Sql): SearchIndex {
  return {
    async put() {},
    async remove() {},
    async candidates({ all, none, scopes, limit }) {
      const rows = await on.db
        .selectFrom('articles')
        .select(['id', 'title', 'text'])
        .where(isIn(on, 'scope', scopes))
        .orderBy('published', 'desc')
        .orderBy('id', 'desc')
        .limit(5_000)
        .execute();
      const ids = rows
        .filter(({ title, text }) => {
          const words = ` ${tokenize(`${title}\n${text}`)
            .map((token) => token.term)
            .join(' ')} `;
          const has = ({ terms, prefix }: { terms: string[]; prefix: boolean }) =>
            words.includes(` ${terms.join(' ')}${prefix ? '' : ' '}`);
          return all.every((any) => any.some(has)) && !none.some(has);
        })
        .map((row) => row.id);
      return { ids: ids.slice(0, limit), total: ids.length };
    },
  };
}
