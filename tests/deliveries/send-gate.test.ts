import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createErrorBudget } from '../../src/deliveries/error-budget.ts';
import { createSendGate } from '../../src/deliveries/send-gate.ts';

const signal = new AbortController().signal;

describe('the gate', () => {
  test('keeps a strict server from ever refusing, in all and in each channel', async () => {
    // Ten times faster than Discord: 50 in 100 ms, 5 in 500 ms for a channel.
    const pace = { global: { requests: 50, perMs: 100 }, channel: { requests: 5, perMs: 500 } };
    const gate = createSendGate(pace);
    const arrivals = new Map<string, number[]>();
    let refused = 0;
    const arrive = (key: string, most: number, perMs: number) => {
      const at = performance.now();
      const recent = (arrivals.get(key) ?? []).filter((before) => before > at - perMs);
      if (recent.length >= most) refused++;
      arrivals.set(key, [...recent, at]);
    };
    let sent = 0;
    const call = async (channel: string, i: number) => {
      for (;;) {
        const turn = await gate.enter({ channel, route: 'message' }, signal);
        if ('later' in turn) {
          await sleep(Math.max(0, turn.later - Date.now()));
          continue;
        }
        await sleep(i % 7);
        arrive('*', 50, 100);
        arrive(channel, 5, 500);
        sent++;
        turn.done();
        return;
      }
    };
    // Each channel is sent to one call after the other, as the outbox does.
    const channels = Array.from({ length: 60 }, (_, c) => `c${c}`);
    await Promise.all(
      channels.map(async (channel, c) => {
        for (let i = 0; i < 10; i++) await call(channel, c + i);
      }),
    );
    expect({ sent, refused }).toEqual({ sent: 600, refused: 0 });
  });

  test('lets other channels and routes pass one that is paused', async () => {
    let clock = 1_000;
    const pace = { global: { requests: 50, perMs: 100 }, channel: { requests: 5, perMs: 100 } };
    const gate = createSendGate(
      pace,
      () => clock,
      () => clock,
    );
    gate.pause('channel', { channel: 'a', route: 'message' }, clock + 60_000);
    gate.pause('route', { channel: 'b', route: 'thread' }, clock + 30_000);
    const ask = (channel: string, route: string) => gate.enter({ channel, route }, signal);
    expect(await ask('a', 'message')).toEqual({ later: 61_000 });
    expect(await ask('b', 'thread')).toEqual({ later: 31_000 });
    expect(await ask('b', 'message')).toHaveProperty('done');
    gate.pause('global', { channel: 'b', route: 'message' }, clock + 10_000);
    expect(await ask('c', 'message')).toEqual({ later: 11_000 });
    clock += 60_000;
    expect(await ask('a', 'message')).toHaveProperty('done');
  });
});

describe('the refusal budget', () => {
  test('stops before a ban, and gives way as refusals grow old', () => {
    let clock = 0;
    const budget = createErrorBudget(() => clock, 3);
    const refuse = () => budget.count({ kind: 'not-allowed', reason: '', missing: [] });
    refuse();
    clock = 1_000;
    refuse();
    refuse();
    budget.count({ kind: 'sent', messageId: 'm', channelId: 'c' });
    expect(budget.wait()).toBe(599_000);
    clock = 600_000;
    expect(budget.wait()).toBe(0);
    refuse();
    expect(budget.wait()).toBe(1_000);
  });
});
