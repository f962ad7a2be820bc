import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import type { Action, Block, Call, Inline, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { formatShort } from '../../locale/format-date.ts';
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

/** One use of the `response_url` stays in reserve of its five. */
const MOST_MESSAGES = 4;
/** Room for the warning, "…" and the Share button. */
const FRAME = { blocks: 3, text: 300 };
const MOST_TEXT = 2500;
const MOST_LINE = 1000;
/** A long list goes on in a further block from here. */
const MOST_LIST = 2500;

/** Draws a reply; pure. With `call`, what was asked, a Share button asks it again for everybody. */
export function renderReply(reply: Reply, call: Call | null): ReplyMessages {
  const packed = pack(reply.blocks.flatMap((block) => drawBlock(block, reply)));
  const shown = packed.slice(0, MOST_MESSAGES);
  if (packed.length > shown.length)
    shown.at(-1)!.push({ type: 'context', elements: [{ type: 'plain_text', text: '…', emoji: false }] });
  if (reply.failed && shown[0]![0]?.type !== 'header') shown[0]!.unshift(warning());
  if (reply.private && reply.shareable && call)
    shown
      .at(-1)!
      .push(actions([{ ...button(actionWords(reply.locale).share, call), ...encodeCall('share', call) }]));
  const text = fallback(reply);
  return {
    messages: shown.map((blocks) => ({ text, blocks: distinct(blocks) })),
    files: reply.blocks.flatMap((block) =>
      block.kind === 'file' ? [{ name: block.name, content: block.content }] : [],
    ),
    isPublic: !reply.private,
  };
}

/** Fills messages; what belongs together moves to the next one together, where it fits into one at all. */
function pack(groups: KnownBlock[][]): KnownBlock[][] {
  const messages: KnownBlock[][] = [[]];
  const fits = (message: KnownBlock[], more: KnownBlock[]) =>
    message.length + more.length + FRAME.blocks <= LIMITS.blocks &&
    textLength(message) + textLength(more) + FRAME.text <= LIMITS.messageText;
  const add = (blocks: KnownBlock[]) => {
    const open = messages.at(-1)!;
    if (fits(open, blocks)) open.push(...blocks);
    else if (open.length) messages.push([...blocks]);
    else open.push(...blocks);
  };
  for (const group of groups)
    if (fits([], group)) add(group);
    else for (const block of group) add([block]);
  if (!messages[0]!.length) messages[0]!.push(section([raw('–')]));
  return messages;
}

/** Blocks in groups that stay together. */
function drawBlock(block: Block, reply: Reply): KnownBlock[][] {
  switch (block.kind) {
    case 'heading':
      return [[header(block.text)]];
    case 'text':
      return [[section(block.text.map((part) => inline(part, reply)))]];
    case 'fields':
      return [
        [
          section(
            block.fields.flatMap(({ label, value }, i) => [
              ...(i ? [raw('\n')] : []),
              words(label, 100, { bold: true }),
              raw('  '),
              ...value.map((part) => inline(part, reply)),
            ]),
          ),
        ],
      ];
    case 'list':
      return drawList(block.items, reply);
    case 'stories':
      return block.stories.map((story) => storyBlocks(story, reply.locale, 'UTC'));
    case 'sources':
      return [[section(sourceElements(block.sources, reply.locale))]];
    case 'digest':
      return renderDigest(block.digest, { marker: () => '' }).map(({ payload }) => payload.blocks);
    case 'file':
      return [];
    case 'actions':
      return [[actions(block.actions.map(drawAction))]];
  }
}

function drawList(items: { text: Inline[]; actions?: Action[] }[], reply: Reply): KnownBlock[][] {
  const groups: KnownBlock[][] = [];
  let open: RichTextBlockElement[] = [];
  const flush = (...more: KnownBlock[]) => {
    if (open.length)
      groups.push([
        richText([{ type: 'rich_text_list', style: 'bullet', elements: open as never }]),
        ...more,
      ]);
    open = [];
  };
  for (const item of items) {
    const line: RichTextBlockElement = {
      type: 'rich_text_section',
      elements: item.text.map((part) => inline(part, reply)),
    };
    if (textLength(open) + textLength(line) > MOST_LIST) flush();
    open.push(line);
    if (item.actions?.length) flush(actions(item.actions.map(drawAction)));
  }
  flush();
  return groups;
}

function drawAction(action: Action) {
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
  const lines = clip(text, MOST_TEXT)
    .split('\n')
    .map((line) => inertText(line));
  const before = /^[^\S\n]/.test(text) ? ' ' : '';
  const after = /\S[^\S\n]$/.test(text) ? ' ' : '';
  return (before + lines.join('\n') + after).replace(/<(?=[!@#])/g, '<\u200b') || ' ';
}

function section(elements: Element[]): KnownBlock {
  return richText([{ type: 'rich_text_section', elements: elements.length ? elements : [raw('–')] }]);
}

function warning(): KnownBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: '⚠️', emoji: true }] };
}

/** What a notification says: the first words of the answer. */
function fallback(reply: Reply): string {
  for (const block of reply.blocks) {
    if (block.kind === 'heading') return escapeMrkdwn(block.text, 300) || 'tumen';
    if (block.kind === 'digest') return escapeMrkdwn(block.digest.topic.title, 300) || 'tumen';
    if (block.kind !== 'text') continue;
    const plain = block.text.map((part) =>
      typeof part === 'string' ? part : 'strong' in part ? part.strong : '',
    );
    return escapeMrkdwn(plain.join(''), 300) || 'tumen';
  }
  return 'tumen';
}

/** Slack refuses one action id twice in a block. */
function distinct(blocks: KnownBlock[]): KnownBlock[] {
  return blocks.map((block) => {
    if (block.type !== 'actions') return block;
    const byId = new Map(
      block.elements.map((element) => [(element as { action_id?: string }).action_id, element]),
    );
    return { ...block, elements: [...byId.values()] };
  });
}
