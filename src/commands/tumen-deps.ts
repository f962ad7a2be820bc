import type { PlatformHealth } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { Command } from './command.ts';

export interface TumenDeps {
  store: Store;
  /** Slug and title of every topic that can be followed. */
  topics: readonly { slug: string; title: string }[];
  /** How the platforms are connected. */
  health: () => { name: string; health: PlatformHealth }[];
  version: string;
  /** The whole table, for help; asked when needed, since these commands are in it. */
  commands: () => readonly Command[];
}
