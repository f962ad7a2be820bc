/**
 * One call with a deadline of its own: an adapter that throws, or does not hear its signal, must not hold a delivery
 * for ever.
 * @param otherwise what to say where no answer came
 */
export async function callPlatform<T>(
  work: (signal: AbortSignal) => Promise<T>,
  limits: { callMs: number; abort: AbortSignal },
  otherwise: (reason: string) => T,
): Promise<T> {
  const controller = new AbortController();
  let giveUp: (reason: string) => void = () => {};
  const deadline = new Promise<T>((resolve) => {
    giveUp = (reason) => {
      controller.abort(new Error(reason));
      resolve(otherwise(reason));
    };
  });
  const stop = () => giveUp('stopped while the call was under way');
  const timer = setTimeout(() => giveUp(`no answer within ${limits.callMs} ms`), limits.callMs);
  limits.abort.addEventListener('abort', stop, { once: true });
  if (limits.abort.aborted) stop();
  try {
    return await Promise.race([work(controller.signal), deadline]);
  } catch (error) {
    return otherwise(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    limits.abort.removeEventListener('abort', stop);
  }
}
