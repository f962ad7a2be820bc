import type { TopicHeading } from '../digests/build-digest.ts';
import type { Destination } from '../model/schedule.ts';
import type { Store } from '../store/store.ts';
import type { Summarizer } from '../summaries/summarizer.ts';
import type { Actor } from './command.ts';

/** What the commands of `/digest` need. */
export interface DigestDeps {
  store: Store;
  topics: readonly TopicHeading[];
  summarizer: Summarizer;
  /** What a channel is, and what tumen lacks for posting there; null where there is none that it can see. */
  describeChannel(actor: Actor, channelId: string): Promise<ChannelDescription | null>;
}

interface ChannelDescription {
  kind: Destination['kind'];
  name: string | null;
  missing: string[];
}
