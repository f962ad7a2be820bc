import { nearest } from '../text/nearest.ts';
import type { Completion } from './command.ts';

export interface ForumTag {
  id: string;
  name: string;
}

/** Discord applies at most this many to one post. */
export const MOST_TAGS = 5;

/** Names or ids with commas between, as the forum's tags; else what was not understood. */
export function readTags(
  typed: string,
  known: readonly ForumTag[],
): { tags: ForumTag[] } | { unknown: string; suggestion: string | null } | { tooMany: number } {
  const tags: ForumTag[] = [];
  for (const word of wordsOf(typed)) {
    const lower = word.toLowerCase();
    const found = known.find(({ id, name }) => id === word || name.toLowerCase() === lower);
    if (!found) {
      const near = nearest(
        lower,
        known.map(({ name }) => name.toLowerCase()),
      );
      const suggestion = known.find(({ name }) => name.toLowerCase() === near)?.name ?? null;
      return { unknown: word, suggestion };
    }
    if (!tags.includes(found)) tags.push(found);
  }
  return tags.length > MOST_TAGS ? { tooMany: tags.length } : { tags };
}

/** The tag that is being typed after those before it. */
export function completeTags(typed: string, known: readonly ForumTag[]): Completion[] {
  const before = wordsOf(typed.slice(0, typed.lastIndexOf(',') + 1));
  const word = typed
    .slice(typed.lastIndexOf(',') + 1)
    .trim()
    .toLowerCase();
  if (before.length >= MOST_TAGS) return [];
  return known
    .filter(({ id, name }) => !before.includes(name) && !before.includes(id))
    .filter(({ name }) => name.toLowerCase().includes(word))
    .map((tag) => {
      const value = [...before, typeable(tag)].join(',');
      return { value, label: [...before, tag.name].join(', ') };
    });
}

/** Its name, unless a comma in it would part it. */
export function typeable({ id, name }: ForumTag): string {
  return name.includes(',') ? id : name;
}

function wordsOf(typed: string): string[] {
  return typed
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}
