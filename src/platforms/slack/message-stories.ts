import { decodeCall } from './action-id.ts';

/** The stories a message of ours shows, by their buttons, each with its headline. */
export function storiesOfMessage(blocks: unknown): { story: number; headline: string }[] {
  const found = new Map<number, string>();
  let headline = '';
  for (const block of Array.isArray(blocks) ? (blocks as Shape[]) : []) {
    if (block.type === 'rich_text') headline = boldText(block);
    if (block.type !== 'actions') continue;
    for (const { action_id, value } of block.elements ?? []) {
      const story = action_id === undefined ? undefined : decodeCall(action_id, value)?.call.options.story;
      if (typeof story === 'number' && !found.has(story)) found.set(story, headline);
    }
  }
  return [...found].map(([story, text]) => ({ story, headline: text }));
}

interface Shape {
  type?: string;
  action_id?: string;
  value?: string;
  text?: unknown;
  style?: { bold?: boolean };
  elements?: Shape[];
}

function boldText(block: Shape): string {
  const parts = (block.elements ?? []).flatMap((section) => section.elements ?? []);
  return parts
    .filter((part) => part.type === 'text' && part.style?.bold)
    .map((part) => String(part.text))
    .join('')
    .trim();
}
