export interface Turns {
  /** Waits for this key's turn, in the order of asking. @returns what ends it @throws the signal's reason */
  take(key: string, signal: AbortSignal): Promise<() => void>;
}

/** One holder at a time for each key. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    async take(key, signal) {
      signal.throwIfAborted();
      const before = last.get(key) ?? Promise.resolve();
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      // Who gives up while waiting passes the turn on when it comes.
      const turn = before.then(() => ended);
      last.set(key, turn);
      void turn.then(() => {
        if (last.get(key) === turn) last.delete(key);
      });
      const { promise: given, reject } = Promise.withResolvers<never>();
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        await Promise.race([before, given]);
        signal.throwIfAborted();
        return end;
      } catch (error) {
        end();
        throw error;
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
