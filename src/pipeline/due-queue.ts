import type { DueFeed } from '../store/store.ts';

export interface DueQueue {
  add(due: readonly DueFeed[]): void;
  /** Up to `count` feeds, no two of one host and none of a host that is busy; their hosts are busy until `done`. */
  take(count: number): DueFeed[];
  done(feed: DueFeed): void;
}

/** Feeds that wait for their turn, by host: each host in turn, its feeds in the order they came. */
export function createDueQueue(): DueQueue {
  const waiting = new Map<string, DueFeed[]>();
  const busy = new Set<string>();
  return {
    add(due) {
      for (const feed of due) {
        const host = hostOf(feed.url);
        const line = waiting.get(host);
        if (line) line.push(feed);
        else waiting.set(host, [feed]);
      }
    },
    take(count) {
      const taken: DueFeed[] = [];
      for (const [host, line] of [...waiting]) {
        if (taken.length >= count) break;
        const feed = line[0]!;
        const hosts = hostsOf(feed);
        if (hosts.some((name) => busy.has(name))) continue;
        for (const name of hosts) busy.add(name);
        line.shift();
        taken.push(feed);
        // Behind the other hosts: one with many feeds is not always the first.
        waiting.delete(host);
        if (line.length) waiting.set(host, line);
      }
      return taken;
    },
    done(feed) {
      for (const name of hostsOf(feed)) busy.delete(name);
    },
  };
}

/** The feed's own host, and the one it led to when it was last asked. */
function hostsOf({ url, target }: DueFeed): string[] {
  const own = hostOf(url);
  const other = target === null ? own : hostOf(target);
  return own === other ? [own] : [own, other];
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
