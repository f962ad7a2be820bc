import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextText } from '@slack/types';
import { clip, inertText } from '../../text/inert-text.ts';
import { domainOf, webAddress } from '../../text/web-address.ts';
import { LIMITS } from './limits.ts';

/*
 * What others wrote stands in rich text, whose text elements Slack never parses: no mention, no masked link, no
 * formatting, whatever is in them. Only our own words stand in mrkdwn.
 */

type Style = RichTextText['style'];
export type Element = RichTextElement;

/** Text of others or of ours, shown literally. */
export function words(text: string, most: number, style?: Style): RichTextText {
  const plain = clip(inertText(text).replace(/<(?=[!@#])/g, '<\u200b'), most);
  return { type: 'text', text: plain || ' ', ...(style ? { style } : {}) };
}

/** As it is, line breaks and spaces of ours included. */
export function raw(text: string, style?: Style): RichTextText {
  return { type: 'text', text, ...(style ? { style } : {}) };
}

/**
 * A link whose label ends in the domain it leads to; plain words where there is no address, or one so long that a few
 * of them would burst the message.
 */
export function sourceLink(name: string, url: string | null, most: number): RichTextElement {
  const address = webAddress(url);
  if (!address) return words(name, most);
  const domain = domainOf(url)!;
  const label = name && name !== domain ? `${clip(inertText(name), most)} · ${domain}` : domain;
  if (address.href.length > LIMITS.link || domain.length > LIMITS.domain)
    return words(label, most + LIMITS.domain);
  return { type: 'link', url: address.href, text: label };
}

export function richText(elements: RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements: elements };
}

/**
 * mrkdwn of ours around text of others: `& < >` are all that Slack asks to be escaped; the rest is made inert.
 * @param most longest result, escapes counted
 */
export function escapeMrkdwn(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = inertText(text);
  let room = Math.min(most, plain.length);
  let shown = withEscapes(clip(plain, room));
  // An escape is at most five characters for one: no pass cuts more than it has to.
  while (shown.length > most) {
    room -= Math.ceil((shown.length - most) / LONGEST_ESCAPE);
    shown = withEscapes(clip(plain, room));
  }
  return shown;
}

const LONGEST_ESCAPE = '&amp;'.length;

function withEscapes(text: string): string {
  return text
    .replace(/[*_~`]/g, '$&\u200b')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** A moment in the reader's own zone and language, with a fallback in the digest's. */
export function moment(at: number, fallback: string): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${escapeMrkdwn(fallback)}>`;
}

/** Characters that count against the total of a message. */
export function textLength(block: unknown): number {
  let sum = 0;
  JSON.stringify(block, (key, value: unknown) => {
    if ((key === 'text' || key === 'url') && typeof value === 'string') sum += value.length;
    return value;
  });
  return sum;
}
