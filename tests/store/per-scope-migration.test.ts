import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { MIGRATIONS, migrate } from '../../src/store/migrations/migrate.ts';
import type { Tables } from '../../src/store/schema.ts';
import { openSqlite, sqliteDialect } from '../../src/store/sqlite-database.ts';

test("on Discord a person's messages leave the server they were first made in; channels and other platforms stay", async () => {
  const database = openSqlite(':memory:');
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, ':memory:', new AsyncLocalStorage()) });
  const step = MIGRATIONS.findIndex(({ name }) => name === 'per-scope');
  await migrate(db, 'sqlite', ':memory:', MIGRATIONS.slice(0, step));
  const add = (
    platform: 'discord' | 'slack',
    scope: Tables['destinations']['scope'],
    kind: 'dm' | 'text',
    target: string,
  ) =>
    db
      .insertInto('destinations')
      .values({
        platform,
        scope,
        kind,
        target,
        name: null,
        languages: '[]',
        zone: 'UTC',
        silent: 0,
        crosspost: 0,
        tags: '[]',
        paused: null,
        set_up_by: null,
      })
      .execute();
  await add('discord', 'discord:1', 'dm', '10');
  await add('discord', 'discord:1', 'text', '20');
  await add('slack', 'slack:T1', 'dm', 'U1');
  await migrate(db, 'sqlite', ':memory:');
  const rows = await db.selectFrom('destinations').select(['target', 'scope']).orderBy('id').execute();
  expect(rows).toEqual([
    { target: '10', scope: 'discord:user-10' },
    { target: '20', scope: 'discord:1' },
    { target: 'U1', scope: 'slack:T1' },
  ]);
  await db.destroy();
});
