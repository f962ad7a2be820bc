import type { FileConfig } from '../config/schema.ts';
import type { Store } from '../store/store.ts';

/** Where no platform has a token the console gets the digest that the configuration asks for. */
export async function ensureConsoleSchedule(
  store: Store,
  wanted: FileConfig['console'],
  topics: string[],
  now: number,
): Promise<void> {
  const destination = await store.destinations.save({
    platform: 'console',
    scope: 'console:local',
    kind: 'text',
    target: 'stdout',
    name: 'console',
    languages: wanted.languages,
    zone: wanted.zone,
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: null,
  });
  const settings = { times: wanted.times.toSorted(), zone: wanted.zone, topics, length: wanted.length };
  const [schedule] = await store.schedules.list({ destinationId: destination.id });
  if (schedule) await store.schedules.update(schedule.id, settings);
  else
    await store.schedules.add({
      ...settings,
      destinationId: destination.id,
      days: [1, 2, 3, 4, 5, 6, 7],
      themes: [],
      sentences: 3,
      quietDay: 'line',
      updates: 'digest',
      paused: false,
      createdAt: now,
      slotsUntil: now,
    });
}
