import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutbox, type Outbox } from '../../src/deliveries/outbox.ts';
import type { UpdateMode } from '../../src/model/schedule.ts';
import { publishDigests } from '../../src/pipeline/publish-digests.ts';
import { publishUpdates } from '../../src/pipeline/publish-updates.ts';
import { CHANNEL, DiscordServer, GUILD, TOKEN } from '../fakes/discord-server.ts';
import { sampleDestination, sampleSchedule } from '../fakes/sample-destination.ts';
import { type SeededService, startSeededService } from '../fakes/seeded-service.ts';

let server: DiscordServer;
let service: SeededService;
let outbox: Outbox;
beforeEach(async () => {
  server = await DiscordServer.start();
  service = await startSeededService({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.apiUrl });
}, 30_000);
afterEach(async () => {
  await outbox.stop();
  await service.close();
  await server.close();
  expect(server.violations).toEqual([]);
});

/** The first morning's digest stands in the channel; then the next day's reports come in. */
async function dayTwo(updates: UpdateMode) {
  const { core, platforms } = service;
  const { store, now } = core;
  const publishers = new Map(platforms.map(({ name, publisher }) => [name, publisher]));
  const deps = { ...core, publishers, graceMs: 3 * 3_600_000 };
  outbox = createOutbox({ ...core, publishers: publishers.values() });
  const destination = await store.destinations.save(
    sampleDestination({ scope: `discord:${GUILD}`, target: CHANNEL }),
  );
  const slotsUntil = now() - 60_000;
  await store.schedules.add(sampleSchedule(destination.id, { updates, createdAt: slotsUntil, slotsUntil }));
  service.wait(5_000);
  expect(await publishDigests(deps, now())).toBe(1);
  await outbox.tick();
  const before = structuredClone(server.messagesIn(CHANNEL));
  await service.nextRound();
  const made = await publishUpdates(deps, now());
  const again = await publishUpdates(deps, now());
  await outbox.tick();
  return { made, again, before, destination, store };
}

test('with edits the message that shows a changed story says so, in its place', async () => {
  const { made, again, before } = await dayTwo('edit');
  expect(made).toBeGreaterThan(0);
  expect(again).toBe(0);
  const after = server.messagesIn(CHANNEL);
  expect(after.map((message) => message.id)).toEqual(before.map((message) => message.id));
  expect(JSON.stringify(before)).not.toContain('`UPDATED`');
  expect(JSON.stringify(after)).toContain('`UPDATED`');
});

test('with threads a changed story is told under the message that shows it', async () => {
  const { made, before } = await dayTwo('thread');
  expect(made).toBeGreaterThan(0);
  expect(server.messagesIn(CHANNEL).map((message) => message.id)).toEqual(
    before.map((message) => message.id),
  );
  const told = before.flatMap((message) => server.messagesIn(message.id));
  expect(told).toHaveLength(made);
  expect(JSON.stringify(told)).toContain('`UPDATED`');
});

test('by default updates wait for the next digest', async () => {
  const { made } = await dayTwo('digest');
  expect(made).toBe(0);
});

test('what was told by an update is not told again by the next digest', async () => {
  const { store, destination } = await dayTwo('thread');
  const told = (await store.deliveries.list({ destinationId: destination.id, limit: 50 })).filter(
    (delivery) => delivery.kind === 'update',
  );
  expect(told.every((delivery) => delivery.state === 'sent')).toBe(true);
  const shown = await store.deliveries.shown(
    destination.id,
    told.flatMap(({ content }) =>
      content.kind === 'notice' ? [] : content.memory.map((one) => one.storyId),
    ),
  );
  expect(shown.every((one) => one.via === 'update')).toBe(true);
});
