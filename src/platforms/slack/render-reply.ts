import type { KnownBlock, RichTextBlockElement } from '@slack/types';
import type { Action, Block, Call, Inline, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { formatShort } from '../../locale/format-date.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { encodeCall, type Press } from './action-id.ts';
import { LIMITS } from './limits.ts';
import { actions, button, header, renderDigest, sourceElements, storyBlocks } from './render-digest.ts';
import { type Element, raw, richText, sourceLink, textLength, words } from './rich-text.ts';

/** An answer as one message; what does not fit is left out with a line that says so. */
export interface ReplyMessage {
  text: string;
  blocks: KnownBlock[];
  files: { name: string; content: string }[];
}

const MOST_TEXT = 2500;
const MOST_LINE = 1000;

/** Draws a reply within every limit; pure. `call` is what was asked: the Share button asks it again for everybody. */
export function renderReply(reply: Reply, call: Call | null): ReplyMessage {
  const blocks: KnownBlock[] = [];
  let length = 0;
  let cut = false;
  for (const block of reply.blocks.flatMap((b) => drawBlock(b, reply))) {
    const size = textLength(block);
    cut ||= blocks.length >= LIMITS.blocks - 2 || length + size > LIMITS.messageText - 200;
    if (cut) break;
    blocks.push(block);
    length += size;
  }
  if (cut) blocks.push({ type: 'context', elements: [{ type: 'plain_text', text: '…', emoji: false }] });
  if (reply.failed && blocks[0]?.type !== 'header') blocks.unshift(warning());
  if (reply.private && reply.shareable && call)
    blocks.push(
      actions([{ ...button(actionWords(reply.locale).share, call), ...encodeCall('share', call) }]),
    );
  return { text: fallback(reply), blocks: distinct(blocks), files: filesOf(reply) };
}

function drawBlock(block: Block, reply: Reply): KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return [header(block.text)];
    case 'text':
      return [section(block.text.map((part) => inline(part, reply)))];
    case 'fields':
      return [
        section(
          block.fields.flatMap(({ label, value }, i) => [
            ...(i ? [raw('\n')] : []),
            words(label, 100, { bold: true }),
            raw('  '),
            ...value.map((part) => inline(part, reply)),
          ]),
        ),
      ];
    case 'list':
      return drawList(block.items, reply);
    case 'stories':
      return block.stories.flatMap((story) => storyBlocks(story, reply.locale, 'UTC'));
    case 'sources':
      return [section(sourceElements(block.sources, reply.locale))];
    case 'digest':
      return renderDigest(block.digest, { marker: () => '' })[0]!.payload.blocks;
    case 'file':
      return [];
    case 'actions':
      return [actions(block.actions.map(drawAction))];
  }
}

function drawList(items: { text: Inline[]; actions?: Action[] }[], reply: Reply): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open: RichTextBlockElement[] = [];
  const flush = () => {
    if (open.length)
      blocks.push(richText([{ type: 'rich_text_list', style: 'bullet', elements: open as never }]));
    open = [];
  };
  for (const item of items) {
    open.push({ type: 'rich_text_section', elements: item.text.map((part) => inline(part, reply)) });
    if (!item.actions?.length) continue;
    flush();
    blocks.push(actions(item.actions.map(drawAction)));
  }
  flush();
  return blocks;
}

function drawAction(action: Action) {
  const press: Press = action.form ? 'form' : 'run';
  return { ...button(action.label, action.call, action.style), ...encodeCall(press, action.call) };
}

function inline(part: Inline, reply: Reply): Element {
  if (typeof part === 'string') return raw(keepEdges(part));
  if ('strong' in part) return words(part.strong, MOST_LINE, { bold: true });
  if ('code' in part) return words(part.code, MOST_LINE, { code: true });
  if ('link' in part) return sourceLink(part.text, part.link, 200);
  if ('time' in part) {
    if (!Number.isFinite(part.time)) return raw('–');
    const fallbackText = formatShort(reply.locale, 'UTC', part.time);
    return {
      type: 'date',
      timestamp: Math.floor(part.time / 1000),
      format: '{date_short_pretty} {time}',
      fallback: fallbackText,
    };
  }
  // A channel is named by the client; people and groups are named too, and in a private answer nobody is notified.
  if ('channel' in part) return { type: 'channel', channel_id: part.channel };
  if ('person' in part) return reply.private ? { type: 'user', user_id: part.person } : raw(part.person);
  return reply.private ? { type: 'usergroup', usergroup_id: part.group } : raw(part.group);
}

/** The spaces at the ends part one inline from the next. */
function keepEdges(text: string): string {
  const lines = text.split('\n').map((line) => clip(inertText(line), MOST_TEXT));
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

function fallback(reply: Reply): string {
  const first = reply.blocks.find(
    (block) => block.kind === 'heading' || block.kind === 'text' || block.kind === 'digest',
  );
  const text =
    first?.kind === 'heading'
      ? first.text
      : first?.kind === 'text'
        ? first.text
            .map((part) => (typeof part === 'string' ? part : 'strong' in part ? part.strong : ''))
            .join('')
        : first?.kind === 'digest'
          ? first.digest.topic.title
          : 'tumen';
  const plain = clip(inertText(text), 300) || 'tumen';
  return plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function filesOf(reply: Reply): ReplyMessage['files'] {
  return reply.blocks.flatMap((block) =>
    block.kind === 'file' ? [{ name: block.name, content: block.content }] : [],
  );
}

/** Slack refuses one action id twice in a block. */
function distinct(blocks: KnownBlock[]): KnownBlock[] {
  for (const block of blocks) {
    if (block.type !== 'actions') continue;
    const seen = new Set<string>();
    block.elements = block.elements.filter((element) => {
      const id = (element as { action_id?: string }).action_id ?? '';
      return !seen.has(id) && seen.add(id);
    });
  }
  return blocks;
}
