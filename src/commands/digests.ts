import type { TopicHeading } from '../digests/build-digest.ts';
import type { Destination } from '../model/schedule.ts';
import type { Store } from '../store/store.ts';
import type { Summarizer } from '../summaries/summarizer.ts';
import type { Actor, Command } from './command.ts';
import { listCommand } from './digest-list.ts';
import { nowCommand } from './digest-now.ts';
import { pauseCommand, removeCommand, resumeScheduleCommand } from './digest-pause.ts';
import { scheduleCommand } from './digest-schedule.ts';

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

/** `/digest now|schedule|list|pause|resume|remove` */
export function digestCommands(deps: DigestDeps): Command[] {
  return [
    nowCommand(deps),
    scheduleCommand(deps),
    listCommand(deps),
    pauseCommand(deps),
    resumeScheduleCommand(deps),
    removeCommand(deps),
  ];
}
