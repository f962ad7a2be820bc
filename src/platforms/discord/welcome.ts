import { type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Dispatch, Reply } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import type { Locale } from '../../model/digest.ts';

/** What tumen needs somewhere in a server, by the names that Discord's settings show. */
const NEEDED: [bigint, string][] = [
  [PermissionFlagsBits.ViewChannel, 'View Channels'],
  [PermissionFlagsBits.SendMessages, 'Send Messages'],
  [PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
  [PermissionFlagsBits.ReadMessageHistory, 'Read Message History'],
];

/** Where the first words go: the server's system channel, else the first one that takes them. */
export function welcomeChannel(guild: Guild): string | null {
  const me = guild.members.me;
  const takes = (channel: GuildBasedChannel | null): channel is GuildBasedChannel => {
    const held = channel?.isTextBased() && !channel.isThread() && me ? channel.permissionsFor(me) : null;
    return held?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]) ?? false;
  };
  if (takes(guild.systemChannel)) return guild.systemChannel.id;
  return guild.channels.cache.find(takes)?.id ?? null;
}

export function missingInGuild(guild: Guild): string[] {
  const held = guild.members.me?.permissions;
  return held ? NEEDED.filter(([bit]) => !held.has(bit)).map(([, name]) => name) : [];
}

/** The first words in a server: what it is, what to press, and what is missing. */
export function welcomeReply(
  commands: Dispatch['commands'],
  locale: Locale,
  missing: readonly string[],
): Reply {
  const words = doorWords(locale);
  const known = new Set(commands.map((command) => command.path.join(' ')));
  const actions = [
    {
      label: words.setUp,
      call: { path: 'digest schedule', options: {} },
      form: true,
      style: 'primary' as const,
    },
    { label: words.test, call: { path: 'digest now', options: {} } },
    { label: words.settings, call: { path: 'tumen settings', options: {} }, form: true },
    { label: words.help, call: { path: 'tumen help', options: {} } },
  ].filter(({ call }) => known.has(call.path));
  const permissions = missing.length
    ? fill(words.welcomeMissing, { a: missing.join(', ') })
    : words.welcomeAllThere;
  return {
    private: false,
    shareable: false,
    locale,
    blocks: [
      { kind: 'heading', text: words.welcome },
      { kind: 'text', text: [words.welcomeText] },
      { kind: 'text', text: [`${words.welcomeWho} ${permissions}`] },
      { kind: 'actions', actions },
    ],
  };
}
