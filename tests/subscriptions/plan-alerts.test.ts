import { describe, expect, test } from 'vitest';
import type { PendingAlert, Subscription } from '../../src/model/subscription.ts';
import { alertDueAt, planAlerts } from '../../src/subscriptions/plan-alerts.ts';

const at = (text: string) => Date.parse(text);
const MINUTE = 60_000;
const seoul = { zone: 'Asia/Seoul', quietHours: null };
const night = { start: 22 * 60, end: 7 * 60 };

describe('when an alert may go out', () => {
  test('instant ones wait a few seconds for what comes with them', () => {
    const now = at('2024-06-19T03:00:00Z');
    expect(alertDueAt({ ...seoul, mode: 'instant' }, now) - now).toBeLessThanOrEqual(30_000);
  });

  test('hourly ones wait for the full hour of the own clock', () => {
    expect(alertDueAt({ ...seoul, mode: 'hourly' }, at('2024-06-19T03:10:00Z'))).toBe(
      at('2024-06-19T04:00:00Z'),
    );
    const kathmandu = { zone: 'Asia/Kathmandu', quietHours: null, mode: 'hourly' as const };
    expect(alertDueAt(kathmandu, at('2024-06-19T03:10:00Z'))).toBe(at('2024-06-19T03:15:00Z'));
  });

  test('daily ones come at 08:00, or when the quiet hours end', () => {
    const now = at('2024-06-19T03:00:00Z');
    expect(alertDueAt({ ...seoul, mode: 'daily' }, now)).toBe(at('2024-06-19T23:00:00Z'));
    expect(alertDueAt({ ...seoul, quietHours: night, mode: 'daily' }, now)).toBe(at('2024-06-19T22:00:00Z'));
  });

  test('quiet hours over midnight hold an alert until they end', () => {
    const quiet = { zone: 'Asia/Seoul', quietHours: night, mode: 'instant' as const };
    expect(alertDueAt(quiet, at('2024-06-19T14:30:00Z'))).toBe(at('2024-06-19T22:00:00Z'));
    expect(alertDueAt(quiet, at('2024-06-19T21:30:00Z'))).toBe(at('2024-06-19T22:00:00Z'));
    const day = at('2024-06-19T05:00:00Z');
    expect(alertDueAt(quiet, day)).toBeLessThan(day + MINUTE);
  });

  test('start equal to end means no quiet hours', () => {
    const none = { zone: 'UTC', quietHours: { start: 480, end: 480 }, mode: 'instant' as const };
    const now = at('2024-06-19T08:00:00Z');
    expect(alertDueAt(none, now)).toBeLessThan(now + MINUTE);
  });

  test('an end of quiet hours that a spring gap swallows is an hour later on the clock', () => {
    const berlin = {
      zone: 'Europe/Berlin',
      quietHours: { start: 22 * 60, end: 150 },
      mode: 'instant' as const,
    };
    expect(alertDueAt(berlin, at('2024-03-31T00:30:00Z'))).toBe(at('2024-03-31T01:30:00Z'));
  });
});

const subscription = (id: number, more: Partial<Subscription> = {}): Subscription => ({
  id,
  scope: 'discord:1',
  owner: '10',
  destinationId: 1,
  query: `q${id}`,
  mode: 'instant',
  quietHours: null,
  zone: 'UTC',
  languages: [],
  themes: [],
  updates: false,
  storyId: null,
  paused: false,
  createdAt: 0,
  lastAlertAt: null,
  ...more,
});
const pending = (id: number, subscriptionId: number, storyId: number, articleId = id): PendingAlert => ({
  id,
  subscriptionId,
  destinationId: 1,
  articleId,
  storyId,
  words: [`word${subscriptionId}`],
  dueAt: 0,
});
const all = (...list: Subscription[]) => new Map(list.map((s) => [s.id, s]));
const NOW = at('2024-06-19T08:00:00Z');

describe('what is due together', () => {
  test('one story wanted by three subscriptions of a person is one message that names all three', () => {
    const due = [pending(1, 1, 7), pending(2, 2, 7), pending(3, 3, 7)];
    const { batches } = planAlerts(due, all(subscription(1), subscription(2), subscription(3)), NOW);
    expect(batches).toHaveLength(1);
    expect(batches[0]!.stories).toHaveLength(1);
    expect(batches[0]!.stories[0]!.matches.map((m) => m.subscription.id)).toEqual([1, 2, 3]);
    expect(batches[0]!.stories[0]!.alertIds).toEqual([1, 2, 3]);
  });

  test('several stories of one destination are one message, other destinations have their own', () => {
    const due = [pending(1, 1, 7), pending(2, 1, 8), pending(3, 2, 7)];
    const { batches } = planAlerts(due, all(subscription(1), subscription(2, { destinationId: 2 })), NOW);
    expect(batches.map((b) => [b.destinationId, b.stories.map((s) => s.storyId)])).toEqual([
      [1, [7, 8]],
      [2, [7]],
    ]);
  });

  test('after an alert the next ones gather for some minutes', () => {
    const justNow = subscription(1, { lastAlertAt: NOW - MINUTE });
    expect(planAlerts([pending(1, 1, 7)], all(justNow), NOW).batches).toEqual([]);
    expect(planAlerts([pending(1, 1, 7)], all(justNow), NOW + 3 * MINUTE).batches).toHaveLength(1);
  });

  test('alerts of subscriptions that are gone or paused settle without a message', () => {
    const due = [pending(1, 1, 7), pending(2, 9, 7)];
    expect(planAlerts(due, all(subscription(1, { paused: true })), NOW)).toEqual({
      batches: [],
      dropped: [1, 2],
    });
  });
});
