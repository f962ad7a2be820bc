import { afterEach, expect, it } from 'vitest';
import type { PlatformHealth } from '../../src/platforms/platform.ts';
import { judgeHealth } from '../../src/status/health.ts';
import { createMetrics } from '../../src/status/metrics.ts';
import { type StatusServer, startStatusServer } from '../../src/status/status-server.ts';

const MINUTE = 60_000;
const NOW = 1_718_755_200_000;

let server: StatusServer;
afterEach(() => server?.close());

const state = {
  now: NOW,
  startedAt: NOW - 60 * MINUTE,
  lastRuns: new Map([['poll', NOW - MINUTE]]),
  jobs: ['poll'],
  platforms: new Map([['discord', { state: 'connected' as const, detail: null, connectedAt: null }]]),
};

async function serve(health = judgeHealth(state), metrics = createMetrics()) {
  server = await startStatusServer({ host: '127.0.0.1', port: 0 }, () => health, metrics.registry);
  return (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
}

it('answers 200 where all is well', async () => {
  const response = await (await serve())('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    ok: true,
    problems: [],
    jobs: { poll: '2024-06-18T23:59:00.000Z' },
    platforms: { discord: 'connected' },
  });
});

it('answers 503 and says why where a job is stuck', async () => {
  const stuck = judgeHealth({ ...state, lastRuns: new Map([['poll', NOW - 20 * MINUTE]]) });
  const response = await (await serve(stuck))('/health');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    ok: false,
    problems: ['poll has not ended well for 20 min'],
  });
});

it('gives a job that has never ended the time since the start', () => {
  const fresh = { ...state, lastRuns: new Map<string, number>(), startedAt: NOW - MINUTE };
  expect(judgeHealth(fresh).ok).toBe(true);
  expect(judgeHealth({ ...fresh, startedAt: NOW - 11 * MINUTE }).problems).toHaveLength(1);
});

it('is not well where a platform has stopped for good, in the words of the platform', () => {
  const platforms = new Map([
    ['slack', { state: 'fatal' as const, detail: 'the token was revoked', connectedAt: null }],
  ]);
  expect(judgeHealth({ ...state, platforms }).problems).toEqual(['slack: the token was revoked']);
});

it('is not well where a connected platform says what is wrong', () => {
  const detail = '2 of 5 workspaces do not open with this TUMEN_SECRET';
  const platforms = new Map([['slack', { state: 'connected' as const, detail, connectedAt: NOW }]]);
  expect(judgeHealth({ ...state, platforms }).problems).toEqual([`slack: ${detail}`]);
});

it('stays well while a platform connects again', () => {
  const platforms = new Map([['slack', { state: 'reconnecting' as const, detail: null, connectedAt: null }]]);
  expect(judgeHealth({ ...state, platforms }).ok).toBe(true);
});

it('complains about a connection that has been away for minutes, from when it was lost', () => {
  const judge = (platform: PlatformHealth, now: number) =>
    judgeHealth({ ...state, now, platforms: new Map([['discord', platform]]) }).problems;
  const lost = { state: 'reconnecting', detail: 'shard 0', since: state.now, connectedAt: 0 } as const;
  const minute = 60_000;
  const jobsRan = (problems: string[]) => problems.filter((one) => one.startsWith('discord'));
  expect(jobsRan(judge(lost, state.now + 4 * minute))).toEqual([]);
  expect(jobsRan(judge(lost, state.now + 7 * minute))).toEqual([
    'discord has had no connection for 7 min: shard 0',
  ]);
  const starting = { state: 'starting', detail: null, connectedAt: null } as const;
  expect(jobsRan(judge(starting, state.startedAt + 6 * minute))).toHaveLength(1);
  for (const kind of ['standby', 'connected'] as const)
    expect(jobsRan(judge({ ...lost, state: kind, detail: null }, state.now + 60 * minute))).toEqual([]);
});

it('exports what it counts for Prometheus', async () => {
  const metrics = createMetrics();
  metrics.polls.inc({ outcome: 'failed' }, 3);
  const response = await (await serve(undefined, metrics))('/metrics');
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toContain('tumen_polls_total{outcome="failed"} 3');
});

it('answers nothing else', async () => {
  const ask = await serve();
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/health', { method: 'POST' })).status).toBe(405);
});

it('says which port is taken and what to do', async () => {
  await serve();
  const again = startStatusServer(
    { host: '127.0.0.1', port: server.port },
    () => judgeHealth(state),
    createMetrics().registry,
  );
  await expect(again).rejects.toMatchObject({
    code: 'port',
    message: `port ${server.port} on 127.0.0.1 is taken`,
    hint: expect.stringContaining('http.port'),
  });
});
