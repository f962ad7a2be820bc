import type { Button, KnownBlock, RichTextSection } from '@slack/types';
import type { Action, Block, Call, Inline, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { formatShort } from '../../locale/format-date.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { Locale } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { encodeCall } from './action-id.ts';
import { LIMITS } from './limits.ts';
import { renderDigest } from './render-digest.ts';
import { type Element, escapeMrkdwn, raw, richText, sourceLink, textLength, words } from './rich-text.ts';
import { actions, button, header, sourceElements, storyBlocks } from './story-blocks.ts';

/** An answer as messages within every limit, and what is handed out beside them. */
export interface ReplyMessages {
  messages: { text: string; blocks: KnownBlock[] }[];
  files: { name: string; content: string }[];
  /** For everybody in the channel, not for the asker alone. */
  isPublic: boolean;
}

/** Blocks that stay together, with how many lines or parts of the answer they are. */
interface Group {
  blocks: KnownBlock[];
  items: number;
}

/** One use of the `response_url` stays in reserve of its five. */
const MOST_MESSAGES = 4;
/** Room for the warning, what is left out and the Share button. */
const FRAME = { blocks: 4, text: 400 };
const MOST_TEXT = 2500;
const MOST_LINE = 1000;
/** A long text or list goes on in a further block from here. */
const MOST_BLOCK = 2500;

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

function drawReply(reply: Reply): Group[] {
  const groups = reply.blocks.flatMap((block) => drawBlock(block, reply));
  return groups.length ? groups : [one(section([raw('–')]))];
}

const one = (...blocks: KnownBlock[]): Group => ({ blocks, items: 1 });

function drawBlock(block: Block, reply: Reply): Group[] {
  switch (block.kind) {
    case 'heading':
      return [one(header(block.text))];
    case 'text':
      return sections([block.text.map((part) => inline(part, reply))]);
    case 'fields':
      return sections(
        block.fields.map(({ label, value }) => [
          words(label, 100, { bold: true }),
          raw('  '),
          ...value.map((part) => inline(part, reply)),
        ]),
      );
    case 'list':
      return drawList(block.items, reply);
    case 'stories':
      return block.stories.map((story) => one(...storyBlocks(story, reply.locale, 'UTC')));
    case 'sources':
      return sections([sourceElements(block.sources, reply.locale)]);
    case 'digest':
      return renderDigest(block.digest, { marker: () => '' }).map(({ payload, stories }) => ({
        blocks: payload.blocks,
        items: Math.max(1, stories.length),
      }));
    case 'file':
      return [];
    case 'actions':
      return block.actions.length ? drawActions(block.actions).map((row) => one(row)) : [];
  }
}

/** Lines under each other, in as many sections as they need. */
function sections(lines: readonly Element[][]): Group[] {
  const groups: Group[] = [];
  let open: Element[] = [];
  const flush = () => {
    if (open.length) groups.push(one(section(open)));
    open = [];
  };
  for (const line of lines)
    for (const [i, part] of splitLine(line).entries()) {
      if (textLength(open) + textLength(part) > MOST_BLOCK) flush();
      open.push(...(open.length && i === 0 ? [raw('\n')] : []), ...part);
    }
  flush();
  return groups.length ? groups : [one(section([]))];
}

/** A line as parts that are each small enough for a block of their own. */
function splitLine(line: readonly Element[]): Element[][] {
  const parts: Element[][] = [[]];
  let length = 0;
  for (const element of line) {
    const more = textLength(element);
    if (length + more > MOST_BLOCK && parts.at(-1)!.length) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)!.push(element);
    length += more;
  }
  return parts;
}

function drawList(items: { text: Inline[]; actions?: Action[] }[], reply: Reply): Group[] {
  const groups: Group[] = [];
  let open: RichTextSection[] = [];
  let lines = 0;
  const flush = (...more: KnownBlock[]) => {
    if (open.length) {
      const list = richText([{ type: 'rich_text_list', style: 'bullet', elements: open }]);
      groups.push({ blocks: [list, ...more], items: lines });
    }
    open = [];
    lines = 0;
  };
  for (const item of items) {
    const line = item.text.map((part) => inline(part, reply));
    for (const [i, elements] of splitLine(line.length ? line : [raw('–')]).entries()) {
      if (textLength(open) + textLength(elements) > MOST_BLOCK) flush();
      open.push({ type: 'rich_text_section', elements });
      lines += i ? 0 : 1;
    }
    if (item.actions?.length) flush(...drawActions(item.actions));
  }
  flush();
  return groups;
}

function drawActions(all: readonly Action[]): KnownBlock[] {
  const rows: KnownBlock[] = [];
  for (let i = 0; i < all.length; i += LIMITS.actions)
    rows.push(actions(all.slice(i, i + LIMITS.actions).map(drawAction)));
  return rows;
}

function drawAction(action: Action): Button {
  return {
    ...button(action.label, action.call, action.style),
    ...encodeCall(action.form ? 'form' : 'run', action.call),
  };
}

function inline(part: Inline, reply: Reply): Element {
  if (typeof part === 'string') return raw(keepEdges(part));
  if ('strong' in part) return words(part.strong, MOST_LINE, { bold: true });
  if ('code' in part) return words(part.code, MOST_LINE, { code: true });
  if ('link' in part) return sourceLink(part.text, part.link, 200);
  if ('time' in part) {
    if (!Number.isFinite(part.time)) return raw('–');
    return {
      type: 'date',
      timestamp: Math.floor(part.time / 1000),
      format: '{date_short_pretty} {time}',
      fallback: formatShort(reply.locale, 'UTC', part.time),
    };
  }
  if ('channel' in part)
    return isId(part.channel)
      ? { type: 'channel', channel_id: part.channel }
      : words(part.channel, MOST_LINE);
  // The client names people and groups, and notifies them: only where nobody but the asker sees it.
  const id = 'person' in part ? part.person : part.group;
  if (!reply.private || !isId(id)) return words(id, MOST_LINE);
  return id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id };
}

const isId = (text: string) => /^[A-Z][A-Z0-9]+$/.test(text);

/** The spaces at the ends part one inline from the next. */
function keepEdges(text: string): string {
  const lines = text.split('\n').map((line) => inertText(line).replace(/<(?=[!@#])/g, '<\u200b'));
  const before = /^[^\S\n]/.test(text) ? ' ' : '';
  const after = /\S[^\S\n]$/.test(text) ? ' ' : '';
  return before + clip(lines.join('\n'), MOST_TEXT) + after || ' ';
}

function section(elements: Element[]): KnownBlock {
  return richText([{ type: 'rich_text_section', elements: elements.length ? elements : [raw('–')] }]);
}

function warning(): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: '⚠️', emoji: true }] };
}

/** What a notification says: the first words of the answer. */
function fallbackOf(reply: Reply): string {
  for (const block of reply.blocks) {
    const said = escapeMrkdwn(firstWords(block, reply.locale), MOST_FALLBACK);
    if (said) return said;
  }
  return 'tumen';
}

const MOST_FALLBACK = 300;

function firstWords(block: Block, locale: Locale): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'digest':
      return block.digest.topic.title;
    case 'text':
      return plainLine(block.text, locale);
    case 'list':
      return plainLine(block.items[0]?.text ?? [], locale);
    case 'fields':
      return block.fields
        .slice(0, 1)
        .map(({ label, value }) => `${label}: ${plainLine(value, locale)}`)
        .join('');
    case 'stories':
      return block.stories[0]?.headline.text ?? '';
    case 'sources':
      return block.sources[0]?.title ?? '';
    case 'file':
      return block.name;
    case 'actions':
      return '';
  }
}

function plainLine(line: readonly Inline[], locale: Locale): string {
  const plain = line.map((part) => {
    if (typeof part === 'string') return part;
    if ('strong' in part) return part.strong;
    if ('code' in part) return part.code;
    if ('link' in part) return part.text;
    return 'time' in part && Number.isFinite(part.time) ? formatShort(locale, 'UTC', part.time) : '';
  });
  return plain.join('');
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
