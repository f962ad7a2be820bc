/** Work that the scheduler repeats. What is due stands in the database: a run that is missed is made up by the next. */
export interface Job {
  name: string;
  /** At each full minute, or again this many ms after the last run ended. */
  every: 'minute' | number;
  run(now: number, signal: AbortSignal): Promise<void>;
}
