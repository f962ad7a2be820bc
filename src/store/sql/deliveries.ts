import type { Selectable } from 'kysely';
import type { Delivery, Part } from '../../model/delivery.ts';
import { FenceError } from '../../model/errors.ts';
import type { Tables } from '../schema.ts';
import type { Deliveries } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { readShown, shownOfStory, writeShown } from './shown.ts';
import { chunks, inTransaction, isIn, type Sql } from './sql.ts';

/** How much longer a delivery that an operator sends again may go out, ms. */
const RETRY_MS = 60 * 60_000;

const deliveryCodec = rowCodec<Omit<Delivery, 'lease'>>({
  id: 'value',
  kind: 'value',
  destinationId: 'value',
  scheduleId: 'value',
  slotId: 'value',
  key: 'value',
  state: 'value',
  createdAt: 'value',
  dueAt: 'value',
  expiresAt: 'value',
  nextAttemptAt: 'value',
  content: 'json',
  cutoff: 'value',
  reason: 'value',
});

const partCodec = rowCodec<Part>({
  id: 'value',
  deliveryId: 'value',
  index: 'value',
  action: 'json',
  marker: 'value',
  state: 'value',
  attempts: 'value',
  sendingSince: 'value',
  messageId: 'value',
  channelId: 'value',
  lastError: 'value',
  stories: 'json',
});

function decodeDelivery(row: Selectable<Tables['deliveries']>): Delivery {
  const lease =
    row.lease_owner === null ? null : { owner: row.lease_owner, until: row.lease_until, fence: row.fence };
  return { ...deliveryCodec.decode(row), lease };
}

const FREE = { lease_owner: null, lease_until: 0 } as const;
const OPEN = ['pending', 'sending'] as const;

export function createDeliveries(on: Sql): Deliveries {
  return {
    create: (delivery, parts) =>
      inTransaction(on, async ({ db }) => {
        const row = await db
          .insertInto('deliveries')
          .values({
            ...deliveryCodec.encode({ ...delivery, state: 'pending', nextAttemptAt: delivery.dueAt }),
            lease_until: 0,
            fence: 0,
          })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .returningAll()
          .executeTakeFirst();
        if (!row) return null;
        for (const some of chunks(parts))
          await db
            .insertInto('parts')
            .values(
              some.map((part) =>
                partCodec.encode({ ...part, deliveryId: row.id, state: 'pending', attempts: 0 }),
              ),
            )
            .execute();
        if (delivery.slotId !== null)
          await db
            .updateTable('slots')
            .set({ delivery_id: row.id, ...FREE })
            .where('id', '=', delivery.slotId)
            .execute();
        return decodeDelivery(row);
      }),

    async get(id) {
      const row = await on.db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? (await withParts(on, [decodeDelivery(row)]))[0]! : null;
    },

    async byKey(key) {
      const row = await on.db.selectFrom('deliveries').selectAll().where('key', '=', key).executeTakeFirst();
      return row ? decodeDelivery(row) : null;
    },

    async list({ destinationId, state, scope, limit }) {
      const rows = await on.db
        .selectFrom('deliveries')
        .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
        .selectAll('deliveries')
        .$if(destinationId !== undefined, (query) =>
          query.where('deliveries.destination_id', '=', destinationId!),
        )
        .$if(state !== undefined, (query) => query.where('deliveries.state', '=', state!))
        .$if(scope !== undefined, (query) => query.where('destinations.scope', '=', scope!))
        .orderBy('deliveries.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(decodeDelivery);
    },

    claimDue: (now, owner, leaseMs, limit, platform) =>
      inTransaction(on, async (inside) => {
        const due = await inside.db
          .selectFrom('deliveries')
          .innerJoin('destinations', 'destinations.id', 'deliveries.destination_id')
          .select('deliveries.id')
          .where('deliveries.state', 'in', OPEN)
          .where('deliveries.next_attempt_at', '<=', now)
          .where('deliveries.lease_until', '<=', now)
          .where('destinations.platform', '=', platform)
          .where('destinations.paused', 'is', null)
          .orderBy('deliveries.due_at')
          .orderBy('deliveries.id')
          .limit(limit)
          .$if(on.kind === 'postgres', (query) => query.forUpdate('deliveries').skipLocked())
          .execute();
        if (!due.length) return [];
        const rows = await inside.db
          .updateTable('deliveries')
          .set((eb) => ({
            lease_owner: owner,
            lease_until: now + leaseMs,
            fence: eb('fence', '+', 1),
          }))
          .where(
            isIn(
              on,
              'id',
              due.map((row) => row.id),
            ),
          )
          .returningAll()
          .execute();
        rows.sort((a, b) => a.due_at - b.due_at || a.id - b.id);
        return withParts(inside, rows.map(decodeDelivery));
      }),

    async renew(id, lease) {
      const { numUpdatedRows } = await on.db
        .updateTable('deliveries')
        .set({ lease_until: lease.until })
        .where('id', '=', id)
        .where('fence', '=', lease.fence)
        .where('lease_owner', '=', lease.owner)
        .executeTakeFirstOrThrow();
      if (!numUpdatedRows) throw new FenceError(`delivery ${id}`);
    },

    beginPart: (partId, fence, now) =>
      inTransaction(on, async (inside) => {
        await holdPart(inside, partId, fence);
        await inside.db
          .updateTable('parts')
          .set((eb) => ({ state: 'sending', attempts: eb('attempts', '+', 1), sending_since: now }))
          .where('id', '=', partId)
          .execute();
      }),

    finishPart: (partId, fence, { state, messageId, channelId, error }, shown) =>
      inTransaction(on, async (inside) => {
        await holdPart(inside, partId, fence);
        await inside.db
          .updateTable('parts')
          .set({
            state,
            last_error: error ?? null,
            ...(messageId === undefined ? {} : { message_id: messageId }),
            ...(channelId === undefined ? {} : { channel_id: channelId }),
            ...(state === 'pending' ? { sending_since: null } : {}),
          })
          .where('id', '=', partId)
          .execute();
        if (state === 'sent') await writeShown(inside, shown);
      }),

    finish: (id, fence, { state, reason, nextAttemptAt, now }) =>
      inTransaction(on, async (inside) => {
        const row = await inside.db
          .updateTable('deliveries')
          .set({ state, reason: reason ?? null, next_attempt_at: nextAttemptAt ?? now, ...FREE })
          .where('id', '=', id)
          .where('fence', '=', fence)
          .where('state', 'in', OPEN)
          .returning(['schedule_id', 'cutoff'])
          .executeTakeFirst();
        if (!row) throw new FenceError(`delivery ${id}`);
        if (state === 'sent') await moveCutoff(inside, row);
      }),

    resolve: (id, as, reason, now, shown = []) =>
      inTransaction(on, async (inside) => {
        // A raised fence stops a holder that is still at it.
        const row = await inside.db
          .updateTable('deliveries')
          .set((eb) => ({ state: as, reason, next_attempt_at: now, fence: eb('fence', '+', 1), ...FREE }))
          .where('id', '=', id)
          .returning(['schedule_id', 'cutoff', 'expires_at'])
          .executeTakeFirstOrThrow();
        await inside.db
          .updateTable('parts')
          .set({ state: as, ...(as === 'pending' ? { sending_since: null } : {}) })
          .where('delivery_id', '=', id)
          .where('state', '!=', 'sent')
          .execute();
        if (as === 'pending' && row.expires_at < now + RETRY_MS)
          await inside.db
            .updateTable('deliveries')
            .set({ expires_at: now + RETRY_MS })
            .where('id', '=', id)
            .execute();
        if (as === 'sent') {
          await moveCutoff(inside, row);
          await writeShown(inside, shown);
        }
      }),

    async expire(now) {
      const rows = await on.db
        .updateTable('deliveries')
        .set((eb) => ({
          state: 'expired',
          reason: 'not sent in time',
          fence: eb('fence', '+', 1),
          ...FREE,
        }))
        .where('state', '=', 'pending')
        .where('expires_at', '<=', now)
        .returningAll()
        .execute();
      return rows.map(decodeDelivery).sort((a, b) => a.id - b.id);
    },

    shown: (destinationId, storyIds) => readShown(on, destinationId, storyIds),
    shownOf: (storyId) => shownOfStory(on, storyId),

    async removeOlderThan(before, limit) {
      const { numDeletedRows } = await on.db
        .deleteFrom('deliveries')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('deliveries')
            .select('id')
            .where('created_at', '<', before)
            .where('state', 'not in', OPEN)
            .orderBy('created_at')
            .limit(limit),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

async function withParts(on: Sql, deliveries: Delivery[]): Promise<(Delivery & { parts: Part[] })[]> {
  const rows = await on.db
    .selectFrom('parts')
    .selectAll()
    .where(
      isIn(
        on,
        'delivery_id',
        deliveries.map((delivery) => delivery.id),
      ),
    )
    .orderBy('delivery_id')
    .orderBy('index')
    .execute();
  const parts = Map.groupBy(rows.map(partCodec.decode), (part) => part.deliveryId);
  return deliveries.map((delivery) => ({ ...delivery, parts: parts.get(delivery.id) ?? [] }));
}

/** Checks the fence and holds the delivery's row to the end of the transaction: nobody takes it over meanwhile. */
async function holdPart(on: Sql, partId: number, fence: number): Promise<void> {
  const row = await on.db
    .updateTable('deliveries')
    .set({ state: 'sending' })
    .where('id', '=', (eb) => eb.selectFrom('parts').select('delivery_id').where('id', '=', partId))
    .where('fence', '=', fence)
    .where('state', 'in', OPEN)
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new FenceError(`the delivery of part ${partId}`);
}

async function moveCutoff(
  on: Sql,
  { schedule_id, cutoff }: { schedule_id: number | null; cutoff: number | null },
): Promise<void> {
  if (schedule_id === null || cutoff === null) return;
  await on.db
    .updateTable('schedules')
    .set({ cutoff })
    .where('id', '=', schedule_id)
    .where((eb) => eb.or([eb('cutoff', 'is', null), eb('cutoff', '<', cutoff)]))
    .execute();
}
