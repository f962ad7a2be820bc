import type { Feed, PollState } from '../../model/feed.ts';
import type { OutletRef } from '../../model/outlet.ts';
import type { Feeds } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { inTransaction, isIn, type Sql } from './sql.ts';

/** Polling interval of a feed that has not been polled yet, ms. */
const FIRST_INTERVAL_MS = 15 * 60_000;

const feedCodec = rowCodec<Omit<Feed, 'poll' | 'outlet'>>({
  id: 'value',
  url: 'value',
  movedFrom: 'value',
  scope: 'value',
  outletId: 'value',
  title: 'value',
  language: 'value',
  fullText: 'value',
});

const pollCodec = rowCodec<PollState>({
  etag: 'value',
  lastModified: 'value',
  bodyHash: 'value',
  intervalMs: 'value',
  nextPollAt: 'value',
  failures: 'value',
  lastError: 'json',
  lastPolledAt: 'value',
  lastSuccessAt: 'value',
  newestEntryAt: 'value',
  silentSince: 'value',
  goneAt: 'value',
  redirect: 'json',
  habits: 'json',
});

/** The outlet's columns under names that cannot meet the ones of the row it is joined to. */
export const OUTLET_COLUMNS = [
  'outlets.slug as outlet_slug',
  'outlets.name as outlet_name',
  'outlets.tier as outlet_tier',
  'outlets.state_media as outlet_state_media',
  'outlets.paywalled as outlet_paywalled',
  'outlets.country as outlet_country',
] as const;

export interface OutletColumns {
  outlet_slug: string;
  outlet_name: string;
  outlet_tier: 1 | 2 | 3;
  outlet_state_media: 0 | 1;
  outlet_paywalled: 0 | 1;
  outlet_country: string | null;
}

export function decodeOutlet(row: OutletColumns): OutletRef {
  return {
    slug: row.outlet_slug,
    name: row.outlet_name,
    tier: row.outlet_tier,
    stateMedia: row.outlet_state_media === 1,
    paywalled: row.outlet_paywalled === 1,
    country: row.outlet_country,
  };
}

function decodeFeed(row: OutletColumns): Feed {
  return { ...feedCodec.decode(row), outlet: decodeOutlet(row), poll: pollCodec.decode(row) };
}

export function createFeeds(on: Sql): Feeds {
  const feeds = (db = on.db) =>
    db
      .selectFrom('feeds')
      .innerJoin('outlets', 'outlets.id', 'feeds.outlet_id')
      .selectAll('feeds')
      .select(OUTLET_COLUMNS);

  return {
    add: ({ nextPollAt, ...feed }) =>
      inTransaction(on, async ({ db }) => {
        const added = await db
          .insertInto('feeds')
          .values({
            ...feedCodec.encode(feed),
            interval_ms: FIRST_INTERVAL_MS,
            next_poll_at: nextPollAt,
            failures: 0,
          })
          .onConflict((conflict) => conflict.columns(['scope', 'url']).doNothing())
          .returning('id')
          .executeTakeFirst();
        const row = await feeds(db)
          .where('feeds.scope', '=', feed.scope)
          .where('feeds.url', '=', feed.url)
          .executeTakeFirstOrThrow();
        return { feed: decodeFeed(row), added: added !== undefined };
      }),

    async update(id, change) {
      const row = feedCodec.encode(change);
      if (Object.keys(row).length) await on.db.updateTable('feeds').set(row).where('id', '=', id).execute();
    },

    async remove(id) {
      await on.db.deleteFrom('feeds').where('id', '=', id).execute();
    },

    async get(id) {
      const row = await feeds().where('feeds.id', '=', id).executeTakeFirst();
      return row ? decodeFeed(row) : null;
    },

    async list(scopes) {
      const rows = await feeds()
        .$if(scopes !== undefined, (query) => query.where(isIn(on, 'feeds.scope', scopes ?? [])))
        .orderBy('feeds.id')
        .execute();
      return rows.map(decodeFeed);
    },

    async due(after, now) {
      const rows = await on.db
        .selectFrom('feeds')
        .select(['id', 'url', 'redirect'])
        .where('next_poll_at', '<=', now)
        .$if(after !== null, (query) => query.where('next_poll_at', '>', after))
        .where('gone_at', 'is', null)
        .where('lease_until', '<=', now)
        .orderBy('next_poll_at')
        .orderBy('id')
        .execute();
      return rows.map(({ id, url, redirect }) => ({
        id,
        url,
        target: redirect === null ? null : (JSON.parse(redirect) as { url: string }).url,
      }));
    },

    claim: (ids, now, owner, leaseMs) =>
      inTransaction(on, async ({ db }) => {
        const claimed = await db
          .updateTable('feeds')
          .set({ lease_owner: owner, lease_until: now + leaseMs })
          .where(isIn(on, 'id', ids))
          .where('next_poll_at', '<=', now)
          .where('gone_at', 'is', null)
          .where('lease_until', '<=', now)
          .returning('id')
          .execute();
        if (!claimed.length) return [];
        const rows = await feeds(db)
          .where(
            isIn(
              on,
              'feeds.id',
              claimed.map((row) => row.id),
            ),
          )
          .orderBy('feeds.id')
          .execute();
        return rows.map(decodeFeed);
      }),

    async renew(ids, owner, until) {
      await on.db
        .updateTable('feeds')
        .set({ lease_until: until })
        .where(isIn(on, 'id', ids))
        .where('lease_owner', '=', owner)
        .execute();
    },

    reschedule: (turns) =>
      inTransaction(on, async ({ db }) => {
        for (const { id, nextPollAt } of turns)
          await db.updateTable('feeds').set({ next_poll_at: nextPollAt }).where('id', '=', id).execute();
      }),

    relocate: (id, url, movedFrom) =>
      inTransaction(on, async ({ db }) => {
        const { scope } = await db
          .selectFrom('feeds')
          .select('scope')
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        const taken = await db
          .selectFrom('feeds')
          .select('id')
          .where('scope', '=', scope)
          .where('url', '=', url)
          .where('id', '!=', id)
          .executeTakeFirst();
        if (taken) return false;
        await db.updateTable('feeds').set({ url, moved_from: movedFrom }).where('id', '=', id).execute();
        return true;
      }),

    async finishPoll(id, poll) {
      await on.db
        .updateTable('feeds')
        .set({ ...pollCodec.encode(poll), lease_owner: null, lease_until: 0 })
        .where('id', '=', id)
        .execute();
    },

    async releaseAll(owner) {
      await on.db
        .updateTable('feeds')
        .set({ lease_owner: null, lease_until: 0 })
        .where('lease_owner', '=', owner)
        .execute();
    },
  };
}
