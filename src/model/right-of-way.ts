/** The longest that work in the background stands back for people at one place, ms: busy people must not stop it. */
const MOST_MS = 200;

/**
 * Who goes first on the one thread that all share: a person who waits for an answer, then polls and digests, one step of
 * theirs at each turn of the loop, so that timers and sockets wait for one step at most.
 */
export class RightOfWay {
  #served = 0;
  /** Steps of work in the background, in the order in which they asked. */
  readonly #line: { goOn: () => void; since: number }[] = [];
  #turn: NodeJS.Immediate | null = null;
  #wait: NodeJS.Timeout | null = null;

  /** Work that a person waits for. */
  async serve<T>(work: () => Promise<T>): Promise<T> {
    this.#served++;
    try {
      return await work();
    } finally {
      this.#served--;
      if (this.#served === 0) this.#next();
    }
  }

  /** Called between two steps of work in the background; a step should take no longer than some ms. */
  giveWay = (): Promise<void> =>
    new Promise((goOn) => {
      this.#line.push({ goOn, since: performance.now() });
      if (!this.#wait) this.#next();
    });

  #next(): void {
    if (this.#wait) clearTimeout(this.#wait);
    this.#wait = null;
    if (this.#line.length) this.#turn ??= setImmediate(() => this.#letOneGo());
  }

  #letOneGo(): void {
    this.#turn = null;
    const stoodBack = performance.now() - this.#line[0]!.since;
    if (this.#served && stoodBack < MOST_MS) {
      this.#wait = setTimeout(() => this.#next(), MOST_MS - stoodBack);
      return;
    }
    this.#line.shift()!.goOn();
    this.#next();
  }
}

/** Gives way whenever this many ms have gone by since the last time. */
export function paced(giveWay: () => Promise<unknown>, ms: number): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < ms) return;
    await giveWay();
    since = performance.now();
  };
}
