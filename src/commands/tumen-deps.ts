import type { ChannelDescription, PlatformHealth } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Actor, Command } from './command.ts';

export interface TumenDeps {
  store: Store;
  /** Slug and title of every topic that can be followed. */
  topics: readonly { slug: string; title: string }[];
  /** How the platforms are connected. */
  health: () => { name: string; health: PlatformHealth }[];
  version: string;
  /** What a channel is, and what tumen lacks for posting there; null where there is none that it can see. */
  describeChannel(actor: Actor, channelId: string): Promise<ChannelDescription | null>;
  /** The whole table, for help; asked when needed, since these commands are in it. */
  commands: () => readonly Command[];
}
