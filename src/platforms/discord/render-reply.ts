import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { Action, Block, Inline, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { addMarker, encodeCustomId, type LongCalls } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { literal, literalCode, named, sourceLink } from './markdown.ts';
import { container, drawUnits, packUnits, type Unit } from './pack-units.ts';
import { body, COLOR, digestUnits, sourceLine, storyUnit } from './render-digest.ts';

/** One message of an answer, for an interaction's callback or follow-up. */
export interface ReplyMessage {
  payload: RESTPostAPIChannelMessageJSONBody;
  files: { name: string; content: string }[];
}

/** Room for the Share button, a file and "…". */
const FRAME = { components: 6, text: 80 };
/** Discord takes 5 follow-ups where only the person has installed the app. */
const MOST_MESSAGES = 5;
const MOST_TEXT = 3000;
const MOST_LINE = 1200;

/** An answer as messages within every limit; pure, with the calls that are too long for a button added to `long`. */
export function renderReply(reply: Reply, long: LongCalls): ReplyMessage[] {
  const packed = packUnits(unitsOf(reply, long), FRAME);
  const shown = packed.slice(0, MOST_MESSAGES);
  const files = filesOf(reply);
  return shown.map((units, index) => {
    const isLast = index === shown.length - 1;
    const inside: APIComponentInContainer[] = drawUnits(units);
    if (isLast && packed.length > shown.length)
      inside.push({ type: ComponentType.TextDisplay, content: '-# …' });
    if (isLast)
      for (const { name } of files)
        inside.push({ type: ComponentType.File, file: { url: `attachment://${name}` } });
    const share = reply.private && reply.shareable ? [shareRow(reply)] : [];
    const color = reply.failed ? COLOR.failed : hasDigest(reply) ? COLOR.digest : null;
    const payload = body([container(distinct(inside), color), ...share]);
    if (reply.private) payload.flags = (payload.flags ?? 0) | MessageFlags.Ephemeral;
    return { payload, files: isLast ? files : [] };
  });
}

function unitsOf(reply: Reply, long: LongCalls): Unit[] {
  const units = reply.blocks.flatMap((block) => blockUnits(block, reply, long));
  return units.length ? units : [{ text: '–', buttons: [], stories: [] }];
}

function blockUnits(block: Block, reply: Reply, long: LongCalls): Unit[] {
  switch (block.kind) {
    case 'heading':
      return [plain(`### ${literal(block.text, 250) || '–'}`)];
    case 'text':
      return [plain(clipMarkdown(inline(block.text), MOST_TEXT))];
    case 'fields':
      return lineUnits(
        block.fields.map(
          ({ label, value }) => `**${literal(label, 100)}**  ${clipMarkdown(inline(value), MOST_LINE)}`,
        ),
      );
    case 'list':
      return listUnits(block.items, long);
    case 'stories':
      return block.stories.map((story) => storyUnit(story, reply.locale, 'UTC'));
    case 'sources':
      return lineUnits(block.sources.map((source, index) => sourceLine(source, index + 1, reply.locale)));
    case 'digest':
      return digestUnits(block.digest);
    case 'file':
      return [];
    case 'actions':
      return chunks(block.actions, 10).map((actions) => ({
        text: '',
        buttons: actions.map((action) => actionButton(action, long)),
        stories: [],
      }));
  }
}

function listUnits(items: { text: Inline[]; actions?: Action[] }[], long: LongCalls): Unit[] {
  const units: Unit[] = [];
  let lines: string[] = [];
  const flush = () => {
    units.push(...lineUnits(lines));
    lines = [];
  };
  for (const item of items) {
    const text = clipMarkdown(inline(item.text), MOST_LINE);
    // Further lines of an item stand under its first one.
    const line = `- ${text.replaceAll('\n', '\n  ')}`;
    if (!item.actions?.length) lines.push(line);
    else {
      flush();
      units.push({
        text: line,
        buttons: item.actions.slice(0, LIMITS.buttonsInRow).map((action) => actionButton(action, long)),
        stories: [],
      });
    }
  }
  flush();
  return units;
}

/** Lines joined into texts of moderate length, so that many lines are few components. */
function lineUnits(lines: readonly string[]): Unit[] {
  const units: Unit[] = [];
  for (const line of lines) {
    const last = units.at(-1);
    if (last && last.text.length + line.length < MOST_LINE) last.text += `\n${line}`;
    else units.push(plain(line));
  }
  return units;
}

function plain(text: string): Unit {
  return { text: text.trim() ? text : '–', buttons: [], stories: [] };
}

function inline(parts: readonly Inline[]): string {
  return parts.map(inlinePart).join('');
}

function inlinePart(part: Inline): string {
  if (typeof part === 'string') return part.split('\n').map(line).join('\n');
  if ('strong' in part) return part.strong.trim() ? `**${literal(part.strong, MOST_LINE)}**` : '';
  if ('code' in part) return literalCode(part.code, MOST_LINE);
  if ('link' in part) return sourceLink(part.text, part.link);
  if ('time' in part) return Number.isFinite(part.time) ? `<t:${Math.floor(part.time / 1000)}:f>` : '–';
  if ('channel' in part) return named(part.channel, '#');
  if ('person' in part) return named(part.person, '@');
  return named(part.group, '@&');
}

function line(text: string): string {
  // The spaces at the ends part one inline from the next.
  const before = /^\s/.test(text) ? ' ' : '';
  const after = /\S\s$/.test(text) ? ' ' : '';
  return before + literal(text, MOST_TEXT) + after;
}

/** Cuts a rendered text at a space, so that no mark is cut in two; what we render ourselves is far below. */
function clipMarkdown(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 1)).replace(/\\+$/, '')}…`;
}

function actionButton(action: Action, long: LongCalls): APIButtonComponentWithCustomId {
  const style = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;
  return {
    type: ComponentType.Button,
    style: action.style ? style[action.style] : ButtonStyle.Secondary,
    label: clip(inertText(action.label), LIMITS.buttonLabel) || '–',
    custom_id: encodeCustomId({ press: action.form ? 'form' : 'run', call: action.call, marker: null }, long),
  };
}

function shareRow(reply: Reply) {
  const custom_id = encodeCustomId({ press: 'share', call: { path: '', options: {} }, marker: null });
  const label = actionWords(reply.locale).share;
  return {
    type: ComponentType.ActionRow as const,
    components: [
      { type: ComponentType.Button as const, style: ButtonStyle.Secondary as const, label, custom_id },
    ],
  };
}

/** Two buttons with the same call stand in one message only with different ids. */
function distinct(components: APIComponentInContainer[]): APIComponentInContainer[] {
  const seen = new Map<string, number>();
  for (const row of components)
    if (row.type === ComponentType.ActionRow)
      for (const button of row.components as APIButtonComponentWithCustomId[]) {
        const count = (seen.get(button.custom_id) ?? 0) + 1;
        seen.set(button.custom_id, count);
        if (count > 1) button.custom_id = addMarker(button.custom_id, String(count));
      }
  return components;
}

function filesOf(reply: Reply): ReplyMessage['files'] {
  return reply.blocks.flatMap((block, index) =>
    block.kind === 'file' ? [{ name: fileName(block.name, index), content: block.content }] : [],
  );
}

function fileName(name: string, index: number): string {
  return name.replace(/[^\w.-]+/g, '-').slice(-60) || `file-${index}`;
}

function hasDigest(reply: Reply): boolean {
  return reply.blocks.some((block) => block.kind === 'digest' || block.kind === 'stories');
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
}
