import type { AuditEntry, ScopeSettings } from '../../model/audit.ts';
import type { Settings } from '../store.ts';
import { purgeScope } from './purge-scope.ts';
import { rowCodec } from './row-codec.ts';
import type { Sql } from './sql.ts';

const settingsCodec = rowCodec<ScopeSettings>({
  scope: 'value',
  managers: 'json',
  auditChannel: 'value',
  locale: 'value',
  zone: 'value',
  topics: 'json',
  pausedFeeds: 'json',
  removedAt: 'value',
});

const auditCodec = rowCodec<AuditEntry>({
  id: 'value',
  scope: 'value',
  who: 'value',
  action: 'value',
  object: 'value',
  detail: 'value',
  at: 'value',
});

export function createSettings(on: Sql): Settings {
  return {
    async get(scope) {
      const row = await on.db
        .selectFrom('scope_settings')
        .selectAll()
        .where('scope', '=', scope)
        .executeTakeFirst();
      return row ? settingsCodec.decode(row) : null;
    },

    async save(settings) {
      const { scope: _, ...rest } = settingsCodec.encode(settings);
      await on.db
        .insertInto('scope_settings')
        .values(settingsCodec.encode(settings))
        .onConflict((conflict) => conflict.column('scope').doUpdateSet(rest))
        .execute();
    },

    async list() {
      const rows = await on.db.selectFrom('scope_settings').selectAll().orderBy('scope').execute();
      return rows.map(settingsCodec.decode);
    },

    async audit(entry) {
      await on.db.insertInto('audits').values(auditCodec.encode(entry)).execute();
    },

    async audits(scope, limit) {
      const rows = await on.db
        .selectFrom('audits')
        .selectAll()
        .where('scope', '=', scope)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(auditCodec.decode);
    },

    purge: (scope) => purgeScope(on, scope),

    async saveInstallation(platform, key, value) {
      await on.db
        .insertInto('installations')
        .values({ platform, key, value })
        .onConflict((conflict) => conflict.columns(['platform', 'key']).doUpdateSet({ value }))
        .execute();
    },

    async installation(platform, key) {
      const row = await on.db
        .selectFrom('installations')
        .select('value')
        .where('platform', '=', platform)
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.value ?? null;
    },

    async installations(platform) {
      const rows = await on.db
        .selectFrom('installations')
        .select('key')
        .where('platform', '=', platform)
        .orderBy('key')
        .execute();
      return rows.map(({ key }) => key);
    },

    async removeInstallation(platform, key) {
      await on.db
        .deleteFrom('installations')
        .where('platform', '=', platform)
        .where('key', '=', key)
        .execute();
    },
  };
}
