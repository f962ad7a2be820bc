import type { HomeView, KnownBlock } from '@slack/types';
import type { Action, CommandContext, Dispatch } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import { LIMITS } from './limits.ts';
import { renderReply } from './render-reply.ts';

/** What the home tab shows, in order: each is the answer to a command, for who looks. */
const PARTS = ['subscriptions', 'digest list', 'tumen status', 'tumen settings'];
const ROOM = 22;

/** The home tab: my subscriptions, this workspace's digests, feed health, and settings for those with the right. */
export async function renderHome(dispatch: Dispatch, context: CommandContext): Promise<HomeView> {
  const { locale } = context.actor;
  const words = doorWords(locale);
  const starts: Action[] = [
    { label: words.setUp, call: { path: 'digest schedule', options: {} }, form: true, style: 'primary' },
    { label: words.help, call: { path: 'tumen help', options: {} } },
  ];
  const first = renderReply(
    {
      private: true,
      shareable: false,
      locale,
      blocks: [
        { kind: 'heading', text: 'tumen' },
        { kind: 'text', text: [words.welcomeText] },
        { kind: 'actions', actions: starts },
      ],
    },
    null,
  ).blocks;
  const blocks: KnownBlock[] = [...first];
  for (const path of PARTS) {
    if (!dispatch.commands.some((command) => command.path.join(' ') === path)) continue;
    if (!(await dispatch.allowed(path, context.actor))) continue;
    const reply = await dispatch.run({ path, options: {} }, context);
    if (reply.failed) continue;
    blocks.push(
      { type: 'divider' },
      ...renderReply({ ...reply, shareable: false }, null).blocks.slice(0, ROOM),
    );
  }
  return { type: 'home', blocks: blocks.slice(0, LIMITS.viewBlocks) };
}
