import { setImmediate as nextTurn } from 'node:timers/promises';

/** The longest that work in the background waits for people at one place, ms: busy people must not stop it. */
const MOST_MS = 200;

/** Who goes first on the one thread that all share: a person who waits for an answer, then polls and digests. */
export class RightOfWay {
  #served = 0;
  #waiting: (() => void)[] = [];

  /** Work that a person waits for. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    this.#served++;
    try {
      return await work();
    } finally {
      this.#served--;
      if (this.#served === 0) for (const goOn of this.#waiting.splice(0)) goOn();
    }
  }

  /** Called between two steps of work in the background: timers, sockets and people have their turn. */
  giveWay = async (): Promise<void> => {
    await nextTurn();
    if (this.#served === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, MOST_MS);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  };
}

/** Gives way whenever this many ms have gone by since the last time. */
export function paced(giveWay: () => Promise<void>, ms: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < ms) return;
    await giveWay();
    since = performance.now();
  };
}
