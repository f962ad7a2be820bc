import { decodeCall } from './action-id.ts';
import { LIMITS } from './limits.ts';

const LIST = 'stories:';

/** The `block_id` of a list of headlines, which have no buttons: the stories in it, in order. */
export function listId(stories: readonly number[]): string {
  let id = LIST + stories[0];
  for (const story of stories.slice(1)) {
    if (id.length + String(story).length >= LIMITS.blockId) break;
    id += `,${story}`;
  }
  return id;
}

/** The stories a message of ours shows, by their buttons or by the id of their list, each with its headline. */
export function storiesOfMessage(blocks: unknown): { story: number; headline: string }[] {
  const found = new Map<number, string>();
  const add = (story: unknown, headline: string) => {
    if (Number.isSafeInteger(story) && !found.has(story as number)) found.set(story as number, headline);
  };
  let headline = '';
  for (const block of Array.isArray(blocks) ? (blocks as Shape[]) : []) {
    if (block.block_id?.startsWith(LIST)) {
      const lines = block.elements?.[0]?.elements ?? [];
      const ids = (/^[\d,]+/.exec(block.block_id.slice(LIST.length))?.[0] ?? '').split(',').map(Number);
      for (const [i, story] of ids.entries()) add(story, lineText(lines[i]));
    } else if (block.type === 'rich_text') headline = boldText(block);
    if (block.type !== 'actions') continue;
    for (const { action_id, value } of block.elements ?? [])
      if (action_id !== undefined) add(decodeCall(action_id, value)?.call.options.story, headline);
  }
  return [...found].map(([story, text]) => ({ story, headline: text }));
}

interface Shape {
  type?: string;
  block_id?: string;
  action_id?: string;
  value?: string;
  text?: unknown;
  style?: { bold?: boolean; code?: boolean };
  elements?: Shape[];
}

/** Without the badge before it and the source behind it. */
function lineText(line: Shape | undefined): string {
  const isHeadline = ({ type, style, text }: Shape) => type === 'text' && !style && String(text).trim();
  return String(line?.elements?.find(isHeadline)?.text ?? '');
}

function boldText(block: Shape): string {
  const parts = (block.elements ?? []).flatMap((section) => section.elements ?? []);
  return parts
    .filter((part) => part.type === 'text' && part.style?.bold)
    .map((part) => String(part.text))
    .join('')
    .trim();
}
