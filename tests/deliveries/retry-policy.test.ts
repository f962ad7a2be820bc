import { describe, expect, test } from 'vitest';
import { findingOf, retryDecision } from '../../src/deliveries/retry-policy.ts';
import type { Lookup, Outcome } from '../../src/platforms/platform.ts';

const NOW = 1_000_000_000;
const attempt = { attempts: 1, now: NOW, settledAt: NOW + 60_000, random: 0.5 };

describe('after a call', () => {
  test.each<[Outcome, ReturnType<typeof retryDecision>]>([
    [
      { kind: 'sent', messageId: 'm', channelId: 'c' },
      { do: 'record', messageId: 'm', channelId: 'c' },
    ],
    [
      { kind: 'rate-limited', until: NOW + 700, scope: 'channel' },
      { do: 'again', at: NOW + 700, reason: 'rate-limited (channel)' },
    ],
    [
      { kind: 'unknown', reason: '502' },
      { do: 'look', at: NOW + 60_000, reason: '502' },
    ],
    [
      { kind: 'target-gone', reason: 'unknown channel' },
      { do: 'pause', why: 'target-gone', reason: 'unknown channel' },
    ],
    [
      { kind: 'not-allowed', reason: 'missing access', missing: ['View Channel', 'Send Messages'] },
      { do: 'pause', why: 'not-allowed', reason: 'missing access (missing: View Channel, Send Messages)' },
    ],
    [
      { kind: 'unauthorized', reason: '401' },
      { do: 'pause', why: 'unauthorized', reason: '401' },
    ],
    [
      { kind: 'dms-closed', reason: 'closed' },
      { do: 'pause', why: 'dms-closed', reason: 'closed' },
    ],
    [
      { kind: 'rejected', reason: 'too long' },
      { do: 'fail', reason: 'too long' },
    ],
  ])('%j', (outcome, decision) => {
    expect(retryDecision(outcome, attempt)).toEqual(decision);
  });

  test('waits grow with the attempts, spread, and stop growing at five minutes', () => {
    const waits = (attempts: number) =>
      [0, 0.5, 1].map((random) => {
        const decision = retryDecision(
          { kind: 'retry', reason: 'refused' },
          { ...attempt, attempts, random },
        );
        return decision.do === 'again' ? decision.at - NOW : Number.NaN;
      });
    expect(waits(1)).toEqual([1_000, 2_500, 4_000]);
    expect(waits(3)).toEqual([1_000, 8_500, 16_000]);
    expect(waits(50)).toEqual([1_000, 150_500, 300_000]);
  });

  test('a rate limit of a month is cut to a day, one in the past is over', () => {
    const at = (until: number) => {
      const decision = retryDecision({ kind: 'rate-limited', until, scope: 'global' }, attempt);
      return decision.do === 'again' ? decision.at : Number.NaN;
    };
    expect(at(NOW + 30 * 86_400_000)).toBe(NOW + 86_400_000);
    expect(at(NOW - 5_000)).toBe(NOW);
  });
});

describe('after a look into the history', () => {
  const look = { now: NOW, begun: NOW - 60_000, expiresAt: NOW + 3_600_000, recorded: null };
  const found = (...messages: [string, number][]): Lookup => ({
    kind: 'found',
    messages: messages.map(([messageId, at]) => ({ messageId, channelId: 'c', at })),
  });

  test('one that stands there is recorded', () => {
    expect(findingOf(found(['9', 5]), look)).toMatchObject({
      do: 'record',
      keep: { messageId: '9' },
      remove: [],
    });
  });

  test('of several the earliest stays', () => {
    expect(findingOf(found(['12', 9], ['9', 5], ['11', 7]), look)).toMatchObject({
      do: 'record',
      keep: { messageId: '9' },
      remove: [{ messageId: '11' }, { messageId: '12' }],
    });
  });

  test('of several in the same moment the smaller id stays, by number and not by letters', () => {
    expect(findingOf(found(['10', 5], ['9', 5]), look)).toMatchObject({ keep: { messageId: '9' } });
  });

  test('the one on record stays even where it is the later: two that mend must not delete both', () => {
    expect(findingOf(found(['9', 5], ['12', 9]), { ...look, recorded: '12' })).toMatchObject({
      keep: { messageId: '12' },
      remove: [{ messageId: '9' }],
    });
  });

  test('absent is sent again, unreadable is left to a person', () => {
    expect(findingOf({ kind: 'absent' }, look)).toEqual({ do: 'resend' });
    expect(findingOf({ kind: 'unreadable', reason: 'no scope' }, look)).toMatchObject({ do: 'give-up' });
  });

  test('a history that does not answer now is asked again, later and later, and not for ever', () => {
    const busy: Lookup = { kind: 'retry', reason: '503' };
    expect(findingOf(busy, look)).toMatchObject({ do: 'look', at: NOW + 30_000 });
    expect(findingOf(busy, { ...look, begun: NOW - 3_600_000 })).toMatchObject({
      do: 'look',
      at: NOW + 300_000,
    });
    expect(findingOf({ ...busy, until: NOW + 90_000 }, look)).toMatchObject({ do: 'look', at: NOW + 90_000 });
    expect(findingOf(busy, { ...look, begun: NOW - 7_200_000, expiresAt: NOW - 3_600_001 })).toMatchObject({
      do: 'give-up',
    });
  });
});
