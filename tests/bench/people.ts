import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { startMadeFeeds } from './made-feeds.ts';

/** One question: the command, what is filled in, and the option whose completion is asked for, if any. */
export interface Kind {
  path: string;
  options: Record<string, unknown>;
  completes?: string;
}

export interface Answer {
  kind: string;
  /** ms to the first sign, and to the whole answer. */
  first: number;
  full: number;
}

export interface Asking {
  answers: Answer[];
  lost: string[];
  violations: string[];
  lagMs: number;
}

/** Asks one question as one of many people, and reads the answer. */
export type AskOne = (kind: Kind, person: number) => Promise<{ first: number; full: number; text: string }>;

const PEOPLE = 997;

/**
 * A thread of its own: the platform, the people in it, and the feeds. Its clock is the one that measures. People ask at
 * a steady rate, one kind of thing after the other, each person a few times a minute.
 */
export async function servePeople(api: string, askOne: AskOne, violations: () => string[]): Promise<void> {
  const port = parentPort!;
  const feeds = await startMadeFeeds();
  port.on(
    'message',
    async (message: { ask?: Kind[]; perSecond?: number; seconds?: number; nextRound?: true }) => {
      if (message.nextRound) feeds.nextRound();
      if (message.ask) port.postMessage(await ask(message.ask, message.perSecond!, message.seconds!));
    },
  );
  port.postMessage({ api, feedPort: feeds.port });

  async function ask(kinds: Kind[], perSecond: number, seconds: number): Promise<Asking> {
    // This thread has little to do: how late it is says how busy the machine is with other things.
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const answers: Answer[] = [];
    const lost: string[] = [];
    const open: Promise<void>[] = [];
    for (let i = 0; i < perSecond * seconds; i++) {
      const kind = kinds[i % kinds.length]!;
      const name = kind.completes ? `${kind.path} ${kind.completes}:…` : kind.path;
      open.push(
        askOne(kind, i % PEOPLE).then(
          ({ first, full, text }) => {
            answers.push({ kind: name, first, full });
            if (/in our log as|in a short time/.test(text)) lost.push(`${name}: ${text.slice(0, 300)}`);
          },
          () => void lost.push(`${name}: no answer`),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
    }
    await Promise.all(open);
    return { answers, lost, violations: violations(), lagMs: Math.round(lag.percentile(99) / 1e6) };
  }
}
