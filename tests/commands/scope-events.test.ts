import { afterEach, beforeEach, expect, test } from 'vitest';
import { createScopeEvents } from '../../src/commands/scope-events.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';

let store: Store;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
});
afterEach(() => store.close());

const SCOPE = 'discord:1';

test('a removal pauses what the server set up and notes when; a return resumes that, and nothing else', async () => {
  const events = createScopeEvents(store, () => 1000);
  const running = await store.destinations.save(sampleDestination({ scope: SCOPE, target: '1' }));
  const stopped = await store.destinations.save(sampleDestination({ scope: SCOPE, target: '2' }));
  await store.destinations.pause(stopped.id, { at: 1, why: 'person', detail: null });
  await events.removed(SCOPE);
  expect((await store.settings.get(SCOPE))!.removedAt).toBe(1000);
  expect((await store.destinations.get(running.id))!.paused).toMatchObject({ why: 'bot-removed' });
  await events.joined(SCOPE);
  expect((await store.settings.get(SCOPE))!.removedAt).toBeNull();
  expect((await store.destinations.get(running.id))!.paused).toBeNull();
  expect((await store.destinations.get(stopped.id))!.paused).toMatchObject({ why: 'person' });
});

test('a new server begins in the language it prefers, a known one keeps its own', async () => {
  const events = createScopeEvents(store, () => 1000);
  await events.joined(SCOPE, 'ko');
  expect((await store.settings.get(SCOPE))!.locale).toBe('ko');
  await events.joined(SCOPE, 'ru');
  expect((await store.settings.get(SCOPE))!.locale).toBe('ko');
});

test('the settings of a server survive its absence', async () => {
  const events = createScopeEvents(store, () => 1000);
  await events.joined(SCOPE);
  const settings = (await store.settings.get(SCOPE))!;
  await store.settings.save({ ...settings, zone: 'Asia/Seoul', managers: ['9'] });
  await events.removed(SCOPE);
  await events.joined(SCOPE);
  expect(await store.settings.get(SCOPE)).toMatchObject({ zone: 'Asia/Seoul', managers: ['9'] });
});
