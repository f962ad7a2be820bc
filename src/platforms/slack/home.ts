import type { HomeView, KnownBlock } from '@slack/types';
import type { Action, CommandContext, Dispatch, Reply } from '../../commands/command.ts';
import { doorWords } from '../../locale/door-words.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { LIMITS } from './limits.ts';
import { distinct, renderBlocks, renderReply } from './render-reply.ts';
import { button } from './story-blocks.ts';
import type { SlackWording } from './word-for-slack.ts';

/** What the home tab shows, in order: each is the answer to a command, for who looks. */
const PARTS = ['subscriptions', 'digest list', 'tumen status', 'tumen settings'];

/** The home tab: my subscriptions, this workspace's digests, feed health, and settings for those with the right. */
export async function renderHome(
  dispatch: Dispatch,
  wording: SlackWording,
  context: CommandContext,
): Promise<HomeView> {
  const { actor } = context;
  const isThere = (path: string) => dispatch.commands.some((command) => command.path.join(' ') === path);
  const paths: string[] = [];
  for (const path of PARTS) if (isThere(path) && (await dispatch.allowed(path, actor))) paths.push(path);
  const replies = await Promise.all(paths.map((path) => dispatch.run({ path, options: {} }, context)));
  const mayManage = await dispatch.allowed(SCHEDULE, actor);
  const blocks: KnownBlock[] = [...renderReply(welcome(mayManage, context), null).messages[0]!.blocks];
  for (const [i, reply] of replies.entries()) {
    // What one part leaves is room for the next.
    const room = Math.floor((LIMITS.viewBlocks - blocks.length) / (replies.length - i)) - 1;
    const whole = button(slackWords(actor.locale).showAll, { path: paths[i]!, options: {} });
    const worded = wording.reply({ ...reply, shareable: false });
    blocks.push({ type: 'divider' }, ...renderBlocks(worded, null, room, whole));
  }
  return { type: 'home', blocks: distinct(blocks) };
}

const SCHEDULE = 'digest schedule';

function welcome(mayManage: boolean, { actor: { locale } }: CommandContext): Reply {
  const words = doorWords(locale);
  const setUp: Action = {
    label: words.setUp,
    call: { path: SCHEDULE, options: {} },
    form: true,
    style: 'primary',
  };
  const actions: Action[] = [
    ...(mayManage ? [setUp] : []),
    { label: words.test, call: { path: 'digest now', options: {} } },
    { label: words.help, call: { path: 'tumen help', options: {} } },
  ];
  return {
    private: true,
    shareable: false,
    locale,
    blocks: [
      { kind: 'heading', text: 'tumen' },
      { kind: 'text', text: [words.welcomeText] },
      { kind: 'actions', actions },
    ],
  };
}
