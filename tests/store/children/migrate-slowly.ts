import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely } from 'kysely';
import { MIGRATIONS, migrate } from '../../../src/store/migrations/migrate.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { openSqlite, sqliteDialect } from '../../../src/store/sqlite-database.ts';

// Takes the first steps of a migration, says so, and hangs in the middle of the next one until it is killed.
const file = process.argv[2]!;
const database = openSqlite(file);
database.function('say', (word) => {
  process.stdout.write(String(word));
  return null;
});
const db = new Kysely<Tables>({ dialect: sqliteDialect(database, file, new AsyncLocalStorage()) });
await migrate(db, 'sqlite', file, [
  ...MIGRATIONS,
  {
    version: MIGRATIONS.length + 1,
    name: 'half-way',
    up: () => [
      'create table half_way (id integer)',
      'insert into half_way select 1 from articles',
      "select say('half-way')",
      'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n',
    ],
  },
]);
