import type { Actor } from '../../src/commands/command.ts';

/** A member of a server on Discord who may not manage it. */
export const SAMPLE_MEMBER: Actor = {
  platform: 'discord',
  scope: 'discord:1',
  userId: '10',
  channelId: '20',
  admin: false,
  groups: [],
  guest: false,
  locale: 'en',
};
