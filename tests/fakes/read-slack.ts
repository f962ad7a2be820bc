// biome-ignore lint/suspicious/noExplicitAny: payloads of any shape are read.
type Json = Record<string, any>;

/** What a person reads of messages and views, line by line; buttons stand in brackets. */
export function readSlack(payload: unknown): string {
  if (Array.isArray(payload)) return payload.map(readSlack).filter(Boolean).join('\n');
  const { blocks = [] } = (payload ?? {}) as { blocks?: Json[] };
  return blocks.map(readBlock).join('\n');
}

/** The buttons of messages and views, in order. */
export function buttonsOf(payload: unknown): { action_id: string; value: string; text: { text: string } }[] {
  const found: ReturnType<typeof buttonsOf> = [];
  JSON.stringify(payload, (_, value) => {
    if (value?.type === 'button') found.push(value);
    return value;
  });
  return found;
}

function readBlock(block: Json): string {
  switch (block.type) {
    case 'header':
    case 'section':
      return block.text.text;
    case 'divider':
      return '---';
    case 'context':
      return block.elements.map((element: Json) => element.text).join(' | ');
    case 'actions':
      return block.elements
        .map((element: Json) => `[${element.text?.text ?? element.placeholder?.text}]`)
        .join(' ');
    case 'input':
      return `${block.label.text}${block.optional ? '' : '*'}: ${block.hint?.text ?? ''}`;
    case 'rich_text':
      return block.elements.map(readPart).join('\n');
    default:
      return JSON.stringify(block);
  }
}

function readPart(part: Json): string {
  switch (part.type) {
    case 'text':
    case 'link':
      return part.text;
    case 'date':
      return part.fallback;
    case 'channel':
      return `#${part.channel_id}`;
    case 'user':
      return `@${part.user_id}`;
    case 'usergroup':
      return `@${part.usergroup_id}`;
    case 'rich_text_list':
      return part.elements.map((line: Json) => `• ${readPart(line)}`).join('\n');
    case 'rich_text_quote':
      return `> ${part.elements.map(readPart).join('')}`;
    default:
      return (part.elements ?? []).map(readPart).join('');
  }
}
