export interface Stopwatch {
  start(): void;
  stop(): void;
}

/** Calls `onEnd` when it has run for `ms` in all, however often it was stopped in between. */
export function createStopwatch(ms: number, onEnd: () => void): Stopwatch {
  let left = ms;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      since = performance.now();
      timer = setTimeout(onEnd, left);
    },
    stop() {
      clearTimeout(timer);
      if (timer) left -= performance.now() - since;
      timer = undefined;
    },
  };
}
