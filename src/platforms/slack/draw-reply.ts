import type { Button, KnownBlock, RichTextSection } from '@slack/types';
import type { Action, Block, Inline, Reply } from '../../commands/command.ts';
import { formatShort } from '../../locale/format-date.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { encodeCall } from './action-id.ts';
import { LIMITS } from './limits.ts';
import { renderDigest } from './render-digest.ts';
import { type Element, raw, richText, sourceLink, textLength, words } from './rich-text.ts';
import { actions, button, header, sourceElements, storyBlocks } from './story-blocks.ts';

/** Blocks that stay together, with how many lines or parts of the answer they are. */
export interface Group {
  blocks: KnownBlock[];
  items: number;
}

const MOST_TEXT = 2500;
const MOST_LINE = 1000;
/** A long text or list goes on in a further block from here. */
const MOST_BLOCK = 2500;

/** The blocks of a reply, in groups that each fit into a message; pure. */
export function drawReply(reply: Reply): Group[] {
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
