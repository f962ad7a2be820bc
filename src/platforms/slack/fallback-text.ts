import type { Block, Inline, Reply } from '../../commands/command.ts';
import { formatShort } from '../../locale/format-date.ts';
import type { Locale } from '../../model/digest.ts';
import { escapeMrkdwn } from './rich-text.ts';

/** What a notification says: the first words of the answer. */
export function fallbackOf(reply: Reply): string {
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
