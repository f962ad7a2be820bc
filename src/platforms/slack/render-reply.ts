import type { Button, KnownBlock } from '@slack/types';
import type { Call, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { Locale } from '../../model/digest.ts';
import { encodeCall } from './action-id.ts';
import { drawReply, type Group } from './draw-reply.ts';
import { fallbackOf } from './fallback-text.ts';
import { LIMITS } from './limits.ts';
import { textLength } from './rich-text.ts';
import { actions, button } from './story-blocks.ts';

/** An answer as messages within every limit, and what is handed out beside them. */
export interface ReplyMessages {
  messages: { text: string; blocks: KnownBlock[] }[];
  files: { name: string; content: string }[];
  /** For everybody in the channel, not for the asker alone. */
  isPublic: boolean;
}

/** One use of the `response_url` stays in reserve of its five. */
const MOST_MESSAGES = 4;
/** Room for the warning, what is left out and the Share button. */
const FRAME = { blocks: 4, text: 400 };

/**
 * Draws a reply; pure. With `call`, what was asked, a Share button asks it again for everybody.
 * @param most messages at most
 */
export function renderReply(reply: Reply, call: Call | null, most: number = MOST_MESSAGES): ReplyMessages {
  const packed = pack(drawReply(reply));
  const shown = packed.slice(0, most).map((groups) => groups.flatMap(({ blocks }) => blocks));
  const left = packed.slice(most).flat();
  if (left.length) shown.at(-1)!.push(moreLine(left, reply.locale));
  if (reply.failed && shown[0]![0]?.type !== 'header') shown[0]!.unshift(warning());
  const share = shareButton(reply, call);
  if (share) shown.at(-1)!.push(actions([share]));
  const text = fallbackOf(reply);
  return {
    messages: shown.map((blocks) => ({ text, blocks: distinct(blocks) })),
    files: filesOf(reply),
    isPublic: !reply.private,
  };
}

/**
 * As many of its blocks as a view has room for, with the Share button; what finds none is counted, beside a button
 * that brings it.
 */
export function renderBlocks(reply: Reply, call: Call | null, room: number, whole: Button): KnownBlock[] {
  const groups = drawReply(reply);
  const blocks = reply.failed ? [warning()] : [];
  while (groups[0] && blocks.length + groups[0].blocks.length + FRAME.blocks <= room)
    blocks.push(...groups.shift()!.blocks);
  if (groups.length) blocks.push(moreLine(groups, reply.locale), actions([whole]));
  const share = shareButton(reply, call);
  if (share) blocks.push(actions([share]));
  return blocks;
}

export function filesOf(reply: Reply): ReplyMessages['files'] {
  return reply.blocks.flatMap((block) =>
    block.kind === 'file' ? [{ name: block.name, content: block.content }] : [],
  );
}

function shareButton({ private: isPrivate, shareable, locale }: Reply, call: Call | null): Button | null {
  if (!isPrivate || !shareable || !call) return null;
  return { ...button(actionWords(locale).share, call), ...encodeCall('share', call) };
}

function moreLine(left: readonly Group[], locale: Locale): KnownBlock {
  const n = left.reduce((sum, { items }) => sum + items, 0);
  const text = `… ${fill(labelsOf(locale).more, { n })}`;
  return { type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] };
}

/** Fills messages; what belongs together moves to the next one together, where it fits into one at all. */
function pack(groups: readonly Group[]): Group[][] {
  const messages: Group[][] = [[]];
  let room = { blocks: 0, text: 0 };
  const add = (group: Group) => {
    const size = { blocks: group.blocks.length, text: textLength(group.blocks) };
    const fits =
      room.blocks + size.blocks + FRAME.blocks <= LIMITS.blocks &&
      room.text + size.text + FRAME.text <= LIMITS.messageText;
    if (!fits && messages.at(-1)!.length) {
      messages.push([]);
      room = { blocks: 0, text: 0 };
    }
    messages.at(-1)!.push(group);
    room = { blocks: room.blocks + size.blocks, text: room.text + size.text };
  };
  for (const group of groups) {
    const isWhole =
      group.blocks.length + FRAME.blocks <= LIMITS.blocks &&
      textLength(group.blocks) + FRAME.text <= LIMITS.messageText;
    if (isWhole) add(group);
    else
      for (const [i, block] of group.blocks.entries()) add({ blocks: [block], items: i ? 0 : group.items });
  }
  return messages;
}

function warning(): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: '⚠️', emoji: true }] };
}

/** No action id and no block id twice in one message or view. */
export function distinct(blocks: readonly KnownBlock[]): KnownBlock[] {
  const times = new Map<string, number>();
  const alone = (id: string) => {
    const before = times.get(id) ?? 0;
    times.set(id, before + 1);
    return before ? `${id};${before + 1}` : id;
  };
  return blocks.map((block) => {
    const one = block.block_id === undefined ? block : { ...block, block_id: alone(block.block_id) };
    if (one.type !== 'actions') return one;
    const elements = one.elements.map((element) => {
      const { action_id: id } = element as { action_id?: string };
      return id === undefined ? element : { ...element, action_id: alone(id) };
    });
    return { ...one, elements };
  });
}
