import {
  type APIChannel,
  type APIGuild,
  type APIGuildForumTag,
  type APIGuildMember,
  type APIOverwrite,
  ChannelFlags,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Destination } from '../../model/schedule.ts';

/** What posting in a channel takes, by the names that Discord's settings show. */
const NEEDED: Record<Destination['kind'], [bigint, string][]> = {
  text: [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  announcement: [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    [PermissionFlagsBits.SendMessages, 'Send Messages'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  thread: [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  forum: [
    [PermissionFlagsBits.ViewChannel, 'View Channel'],
    [PermissionFlagsBits.SendMessages, 'Create Posts'],
    [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Posts'],
    [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
  ],
  dm: [],
};

/** The kind of destination that a channel is; null where nothing can be posted in it. */
export function destinationKind(type: ChannelType): Destination['kind'] | null {
  switch (type) {
    case ChannelType.GuildText:
    case ChannelType.GuildVoice:
    case ChannelType.GuildStageVoice:
      return 'text';
    case ChannelType.GuildAnnouncement:
      return 'announcement';
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
    case ChannelType.AnnouncementThread:
      return 'thread';
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return 'forum';
    case ChannelType.DM:
      return 'dm';
    default:
      return null;
  }
}

/** What a destination lacks, in an admin's words. */
export function lacking(destination: Pick<Destination, 'kind' | 'tags'>, place: Place): string[] {
  const missing = lackingPermissions(destination.kind, place);
  if (destination.kind === 'forum' && needsTag(place) && !destination.tags.length)
    missing.push('a tag: this forum does not take posts without one');
  return missing;
}

export function lackingPermissions(kind: Destination['kind'], place: Place): string[] {
  return missingOf(NEEDED[kind], place);
}

/** What opening a thread under a message takes beyond posting it. */
export function lackingForThreads(place: Place): string[] {
  return missingOf(
    [
      [PermissionFlagsBits.CreatePublicThreads, 'Create Public Threads'],
      [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
    ],
    place,
  );
}

function missingOf(needed: readonly [bigint, string][], place: Place): string[] {
  const held = permissionsIn(place);
  return needed.filter(([bit]) => (held & bit) !== bit).map(([, name]) => name);
}

/** Whether a forum takes no post without a tag. */
export function needsTag({ channel }: Place): boolean {
  return (((channel as { flags?: number }).flags ?? 0) & ChannelFlags.RequireTag) !== 0;
}

/** The tags of a forum that we may apply: moderated ones are for those who manage threads. */
export function usableTags(place: Place): { id: string; name: string }[] {
  const tags = (place.channel as { available_tags?: APIGuildForumTag[] }).available_tags ?? [];
  const mayModerate = (permissionsIn(place) & PermissionFlagsBits.ManageThreads) !== 0n;
  return tags.filter((tag) => mayModerate || !tag.moderated).map(({ id, name }) => ({ id, name }));
}

export function canReadHistory(place: Place): boolean {
  const bits = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
  return (permissionsIn(place) & bits) === bits;
}

/** A channel with the server and our member in it, as REST gives them; for a thread, `channel` is its parent. */
export interface Place {
  channel: APIChannel;
  guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>;
  member: Pick<APIGuildMember, 'roles'>;
  userId: string;
}

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites */
function permissionsIn({ channel, guild, member, userId }: Place): bigint {
  const roles = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  let held = roles.reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  if (guild.owner_id === userId || held & PermissionFlagsBits.Administrator) return ALL;
  const overwrites = (channel as { permission_overwrites?: APIOverwrite[] }).permission_overwrites ?? [];
  const apply = (some: APIOverwrite[]) => {
    const deny = some.reduce((bits, o) => bits | BigInt(o.deny), 0n);
    const allow = some.reduce((bits, o) => bits | BigInt(o.allow), 0n);
    held = (held & ~deny) | allow;
  };
  apply(overwrites.filter((o) => o.id === guild.id));
  apply(
    overwrites.filter(
      (o) => o.type === OverwriteType.Role && o.id !== guild.id && member.roles.includes(o.id),
    ),
  );
  apply(overwrites.filter((o) => o.type === OverwriteType.Member && o.id === userId));
  return held;
}

const ALL = (1n << 64n) - 1n;
