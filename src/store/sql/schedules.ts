import type { Schedule, Slot } from '../../model/schedule.ts';
import type { Schedules } from '../store.ts';
import { rowCodec } from './row-codec.ts';
import { chunks, inTransaction, isIn, type Sql } from './sql.ts';

const scheduleCodec = rowCodec<Schedule>({
  id: 'value',
  destinationId: 'value',
  times: 'json',
  zone: 'value',
  days: 'json',
  topics: 'json',
  themes: 'json',
  length: 'value',
  sentences: 'value',
  quietDay: 'value',
  updates: 'value',
  paused: 'flag',
  createdAt: 'value',
  cutoff: 'value',
  slotsUntil: 'value',
});

const slotCodec = rowCodec<Slot>({ id: 'value', scheduleId: 'value', due: 'value', local: 'value' });

export function createSchedules(on: Sql): Schedules {
  return {
    async add(schedule) {
      const row = await on.db
        .insertInto('schedules')
        .values(scheduleCodec.encode(schedule))
        .returningAll()
        .executeTakeFirstOrThrow();
      return scheduleCodec.decode(row);
    },

    async update(id, change) {
      const row = scheduleCodec.encode(change);
      if (Object.keys(row).length)
        await on.db.updateTable('schedules').set(row).where('id', '=', id).execute();
    },

    async remove(id) {
      await on.db.deleteFrom('schedules').where('id', '=', id).execute();
    },

    async get(id) {
      const row = await on.db.selectFrom('schedules').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? scheduleCodec.decode(row) : null;
    },

    async list({ scope, destinationId } = {}) {
      const rows = await on.db
        .selectFrom('schedules')
        .innerJoin('destinations', 'destinations.id', 'schedules.destination_id')
        .selectAll('schedules')
        .$if(scope !== undefined, (query) => query.where('destinations.scope', '=', scope!))
        .$if(destinationId !== undefined, (query) =>
          query.where('schedules.destination_id', '=', destinationId!),
        )
        .orderBy('schedules.id')
        .execute();
      return rows.map(scheduleCodec.decode);
    },

    addSlots: (scheduleId, slots, until) =>
      inTransaction(on, async ({ db }) => {
        const added: Slot[] = [];
        for (const part of chunks(slots)) {
          const rows = await db
            .insertInto('slots')
            .values(part.map(({ due, local }) => ({ schedule_id: scheduleId, due, local, lease_until: 0 })))
            .onConflict((conflict) => conflict.columns(['schedule_id', 'due']).doNothing())
            .returningAll()
            .execute();
          added.push(...rows.map(slotCodec.decode));
        }
        await db.updateTable('schedules').set({ slots_until: until }).where('id', '=', scheduleId).execute();
        return added.sort((a, b) => a.due - b.due);
      }),

    claimSlots: (now, owner, leaseMs, limit) =>
      inTransaction(on, async ({ db }) => {
        const due = await db
          .selectFrom('slots')
          .innerJoin('schedules', 'schedules.id', 'slots.schedule_id')
          .selectAll('slots')
          .where('slots.due', '<=', now)
          .where('slots.delivery_id', 'is', null)
          .where('slots.skipped', 'is', null)
          .where('slots.lease_until', '<=', now)
          .where('schedules.paused', '=', 0)
          .orderBy('slots.due')
          .orderBy('slots.id')
          .limit(limit)
          .$if(on.kind === 'postgres', (query) => query.forUpdate('slots').skipLocked())
          .execute();
        if (due.length)
          await db
            .updateTable('slots')
            .set({ lease_owner: owner, lease_until: now + leaseMs })
            .where(
              isIn(
                on,
                'id',
                due.map((row) => row.id),
              ),
            )
            .execute();
        return due.map(slotCodec.decode);
      }),

    async slots(scheduleId, limit) {
      const rows = await on.db
        .selectFrom('slots')
        .selectAll()
        .where('schedule_id', '=', scheduleId)
        .orderBy('due', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        ...slotCodec.decode(row),
        deliveryId: row.delivery_id,
        skipped: row.skipped,
      }));
    },

    async skipSlot(slotId, reason) {
      await on.db
        .updateTable('slots')
        .set({ skipped: reason, lease_owner: null, lease_until: 0 })
        .where('id', '=', slotId)
        .where('delivery_id', 'is', null)
        .execute();
    },
  };
}
