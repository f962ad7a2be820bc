import type { Logger } from 'pino';
import type { PlatformName } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Summarizer } from '../summaries/summarizer.ts';
import type { Topic } from '../topics/compile-topic.ts';

/** What alerts stand on. */
export interface AlertDeps {
  store: Store;
  topics: readonly Topic[];
  summarizer: Summarizer;
  publishers: ReadonlyMap<PlatformName, Publisher>;
  owner: string;
  log: Logger;
}
