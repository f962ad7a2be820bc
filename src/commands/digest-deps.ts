import type { TopicHeading } from '../digests/build-digest.ts';
import type { Digest } from '../model/digest.ts';
import type { Destination } from '../model/schedule.ts';
import type { ChannelDescription, PlannedPart } from '../platforms/platform.ts';
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
  /** The calls that bring a digest there; null where nothing sends for that platform. */
  planDelivery(
    digest: Digest,
    destination: Destination,
    marker: (index: number) => string,
  ): PlannedPart[] | null;
}
