import type { PlatformHealth } from '../platforms/platform.ts';

/** What `tumen health`, the image's health check and an operator read. */
export interface Health {
  ok: boolean;
  /** What is wrong, in words; empty where all is well. */
  problems: string[];
  /** When each job last ended well, RFC 3339. */
  jobs: Record<string, string>;
  platforms: Record<string, PlatformHealth['state']>;
}

/** A minute job that has not ended well for this long is stuck. */
const STUCK_MS = 10 * 60_000;
/** A connection is lost and found again all the time; one that has been away for this long is not coming by itself. */
const DOWN_MS = 5 * 60_000;

/** Judges the running service; pure. */
export function judgeHealth(state: {
  now: number;
  startedAt: number;
  lastRuns: ReadonlyMap<string, number>;
  jobs: readonly string[];
  platforms: ReadonlyMap<string, PlatformHealth>;
}): Health {
  const problems: string[] = [];
  for (const job of state.jobs) {
    const last = state.lastRuns.get(job) ?? state.startedAt;
    const minutes = Math.round((state.now - last) / 60_000);
    if (state.now - last > STUCK_MS) problems.push(`${job} has not ended well for ${minutes} min`);
  }
  for (const [name, health] of state.platforms)
    if (health.state === 'connected' && health.detail) problems.push(`${name}: ${health.detail}`);
    else if (health.state === 'fatal') problems.push(`${name}: ${health.detail ?? 'stopped for good'}`);
    else if (health.state === 'starting' || health.state === 'reconnecting') {
      const since = health.since ?? (health.state === 'starting' ? state.startedAt : state.now);
      if (state.now - since <= DOWN_MS) continue;
      const minutes = Math.round((state.now - since) / 60_000);
      const detail = health.detail ? `: ${health.detail}` : '';
      problems.push(`${name} has had no connection for ${minutes} min${detail}`);
    }
  return {
    ok: problems.length === 0,
    problems,
    jobs: Object.fromEntries([...state.lastRuns].map(([name, at]) => [name, new Date(at).toISOString()])),
    platforms: Object.fromEntries([...state.platforms].map(([name, { state: s }]) => [name, s])),
  };
}
