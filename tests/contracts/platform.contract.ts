import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Part } from '../../src/model/delivery.ts';
import type { Digest } from '../../src/model/digest.ts';
import type { Destination } from '../../src/model/schedule.ts';
import type { Outcome, Publisher } from '../../src/platforms/platform.ts';
import { sampleDigest, sampleNotice } from '../fakes/sample-digest.ts';

/** What the platform can be made to do with the next call that posts. */
export type Fault =
  | 'rate-limited'
  /** Refuses before anything is stored, and says so. */
  | 'not-sent'
  | 'target-gone'
  | 'not-allowed'
  | 'unauthorized'
  | 'rejected'
  /** Stores the message, then answers 5xx or closes the connection. */
  | 'dies-after-accept'
  /** Never answers, and stores nothing. */
  | 'hangs';

/** One platform with something behind it that behaves like the real one. */
export interface PlatformHarness {
  publisher: Publisher;
  destination: Destination;
  /** Message ids that readers of the destination see, oldest first. */
  standing(): Promise<string[]>;
  /** Makes the next posting call end like this; faults the platform does not know are left out of `faults`. */
  arrange(fault: Fault): void | Promise<void>;
  faults: readonly Fault[];
  /** The history is not readable from now on; absent where there is no such thing. */
  denyHistory?(): void | Promise<void>;
  close(): Promise<void>;
}

const OUTCOME: Record<Exclude<Fault, 'dies-after-accept' | 'hangs'>, Outcome['kind']> = {
  'rate-limited': 'rate-limited',
  'not-sent': 'retry',
  'target-gone': 'target-gone',
  'not-allowed': 'not-allowed',
  unauthorized: 'unauthorized',
  rejected: 'rejected',
};

/** What every platform's publisher keeps to: the outbox rests on it. */
export function describePlatform(name: string, open: () => Promise<PlatformHarness>): void {
  describe(`${name}: the publisher contract`, () => {
    let harness: PlatformHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const none = new Map<number, { messageId: string; channelId: string }>();
    const signal = () => AbortSignal.timeout(5_000);
    const publish = (part: Part, on = signal()) =>
      harness.publisher.publish(part, harness.destination, none, on);
    const find = (part: Part) => harness.publisher.find(part, harness.destination, none, Date.now() - 60_000);

    function onePart(key: string, content: Digest = sampleDigest(1)): Part {
      const [planned] = harness.publisher.plan(content, harness.destination, (index) => `${key}:${index}`);
      return partOf(0, planned!);
    }

    test('a plan names every story once and carries a marker of its own in each part', () => {
      const digest = sampleDigest(12);
      const parts = harness.publisher.plan(digest, harness.destination, (index) => `digest:7:100:${index}`);
      expect(parts.flatMap((part) => part.stories).sort((a, b) => a - b)).toEqual(
        digest.memory.map((memory) => memory.storyId).sort((a, b) => a - b),
      );
      expect(parts.map((part) => part.marker)).toEqual(parts.map((_, index) => `digest:7:100:${index}`));
    });

    test('the same content is planned the same way again', () => {
      const plan = () =>
        harness.publisher.plan(sampleDigest(5), harness.destination, (index) => `k:${index}`);
      expect(plan()).toEqual(plan());
    });

    test('a notice fits one part and shows no story', () => {
      const parts = harness.publisher.plan(sampleNotice(), harness.destination, (index) => `n:${index}`);
      expect(parts).toHaveLength(1);
      expect(parts[0]!.stories).toEqual([]);
    });

    test('what was sent stands in the destination and is found by its marker', async () => {
      const part = onePart('found');
      const outcome = await publish(part);
      if (outcome.kind !== 'sent') return expect.fail(`not sent: ${JSON.stringify(outcome)}`);
      expect(await harness.standing()).toEqual([outcome.messageId]);
      expect(await find(part)).toMatchObject({
        kind: 'found',
        messages: [{ messageId: outcome.messageId, channelId: outcome.channelId }],
      });
    });

    test('a quiet day is sent and found like any other', async () => {
      const part = onePart('quiet', sampleDigest(0));
      expect((await publish(part)).kind).toBe('sent');
      expect((await find(part)).kind).toBe('found');
    });

    test('what was not sent is absent, whatever else stands there', async () => {
      await publish(onePart('other:1'));
      expect(await find(onePart('other'))).toEqual({ kind: 'absent' });
      expect(await find(onePart('other:11'))).toEqual({ kind: 'absent' });
    });

    test('a double is found twice, in order of age, and its later message can be removed', async () => {
      const part = onePart('double');
      const first = await publish(part);
      await publish(part);
      const lookup = await find(part);
      if (lookup.kind !== 'found' || first.kind !== 'sent')
        return expect.fail(JSON.stringify({ lookup, first }));
      const [kept, later] = lookup.messages.toSorted((a, b) => a.at - b.at);
      expect(lookup.messages).toHaveLength(2);
      expect(kept!.messageId).toBe(first.messageId);
      expect((await harness.publisher.remove(harness.destination, later!)).kind).toBe('sent');
      expect(await harness.standing()).toEqual([first.messageId]);
      expect(await find(part)).toMatchObject({ kind: 'found', messages: [{ messageId: first.messageId }] });
    });

    for (const [fault, kind] of Object.entries(OUTCOME) as [keyof typeof OUTCOME, Outcome['kind']][])
      test(`${fault} is told as ${kind}, and nothing stands there`, async ({ skip }) => {
        if (!harness.faults.includes(fault)) skip(`${name} knows no such fault`);
        await harness.arrange(fault);
        const part = onePart(fault);
        const outcome = await publish(part);
        expect(outcome.kind).toBe(kind);
        expect(await harness.standing()).toEqual([]);
        if (outcome.kind === 'rate-limited') expect(outcome.until).toBeGreaterThan(Date.now() - 60_000);
      });

    test('no answer after the message was taken is unknown, and the look finds it', async ({ skip }) => {
      if (!harness.faults.includes('dies-after-accept')) skip(`${name} cannot die`);
      await harness.arrange('dies-after-accept');
      const part = onePart('died');
      expect((await publish(part)).kind).toBe('unknown');
      expect((await find(part)).kind).toBe('found');
    });

    test('a call that is given up is unknown', async ({ skip }) => {
      if (!harness.faults.includes('hangs')) skip(`${name} cannot hang`);
      await harness.arrange('hangs');
      const part = onePart('hung');
      expect((await publish(part, AbortSignal.timeout(200))).kind).toBe('unknown');
      expect((await find(part)).kind).toBe('absent');
    });

    test('a history that is denied proves nothing', async ({ skip }) => {
      if (!harness.denyHistory) skip(`${name} always reads its own history`);
      await harness.denyHistory!();
      expect((await find(onePart('denied'))).kind).toBe('unreadable');
    });

    test('its pace and settle time are real numbers', () => {
      const { pace, settleMs } = harness.publisher;
      for (const value of [
        pace.global.requests,
        pace.global.perMs,
        pace.channel.requests,
        pace.channel.perMs,
      ])
        expect(value).toBeGreaterThan(0);
      expect(settleMs).toBeGreaterThanOrEqual(0);
    });
  });
}

/** A planned part as the outbox hands it over at its first attempt. */
export function partOf(index: number, planned: Pick<Part, 'action' | 'marker' | 'stories'>): Part {
  return {
    id: index + 1,
    deliveryId: 1,
    index,
    ...planned,
    state: 'sending',
    attempts: 1,
    sendingSince: Date.now(),
    messageId: null,
    channelId: null,
    lastError: null,
  };
}
