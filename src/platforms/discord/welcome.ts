import { type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { Dispatch, Reply } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import { permissionName } from '../../locale/permission-words.ts';
import type { Locale } from '../../model/digest.ts';

/** What a permission is for, as the first words say it. */
export type Purpose = 'posting' | 'threads' | 'checking';

/** What tumen needs, by the names that Discord's settings show, and what for. */
const NEEDED: { bit: bigint; name: string; purpose: Purpose }[] = [
  { bit: PermissionFlagsBits.ViewChannel, name: 'View Channels', purpose: 'posting' },
  { bit: PermissionFlagsBits.SendMessages, name: 'Send Messages', purpose: 'posting' },
  { bit: PermissionFlagsBits.SendMessagesInThreads, name: 'Send Messages in Threads', purpose: 'threads' },
  { bit: PermissionFlagsBits.ReadMessageHistory, name: 'Read Message History', purpose: 'checking' },
];

/**
 * Where the first words go: where the server's moderators read Discord's own updates, so that those see them who may
 * set tumen up; else its system channel, else the first one that takes them.
 */
export function welcomeChannel(guild: Guild): GuildBasedChannel | null {
  const me = guild.members.me;
  const takes = (channel: GuildBasedChannel | null): channel is GuildBasedChannel => {
    const held = channel?.isTextBased() && !channel.isThread() && me ? channel.permissionsFor(me) : null;
    return held?.has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]) ?? false;
  };
  return (
    [guild.publicUpdatesChannel, guild.systemChannel].find(takes) ?? guild.channels.cache.find(takes) ?? null
  );
}

/** What is missing where the first words stand; in the whole server where they stand nowhere. */
export function missingForWelcome(
  guild: Guild,
  channel: GuildBasedChannel | null,
): { name: string; purpose: Purpose }[] {
  const me = guild.members.me;
  const held = me && channel ? channel.permissionsFor(me) : me?.permissions;
  return held ? NEEDED.filter(({ bit }) => !held.has(bit)) : [];
}

/** The first words in a server: what it is, who may set it up, what to press, and what is missing for what. */
export function welcomeReply(
  commands: Dispatch['commands'],
  locale: Locale,
  missing: readonly { name: string; purpose: Purpose }[],
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
  const lines = missing.map(
    ({ name, purpose }) =>
      `\n${fill(words.welcomeMissing, { a: permissionName(locale, name), b: words.purpose[purpose] })}`,
  );
  return {
    private: false,
    shareable: false,
    locale,
    blocks: [
      { kind: 'heading', text: words.welcome },
      { kind: 'text', text: [words.welcomeText] },
      { kind: 'text', text: [words.welcomeWho, ...lines] },
      { kind: 'actions', actions },
    ],
  };
}
