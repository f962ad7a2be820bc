import { clip, inertText } from '../../text/inert-text.ts';
import { domainOf, webAddress } from '../../text/web-address.ts';

/**
 * Text of others as Discord shows it literally: no bold, no masked or automatic link, no mention, no timestamp,
 * no heading or list, whatever stands in it. The only character added that a person could copy is a zero-width
 * space after an `@` that would name somebody. `most` counts the escapes.
 * https://docs.discord.com/developers/reference#message-formatting
 */
export function literal(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = inertText(text);
  let escaped = escapeMarkdown(clip(plain, most));
  // Escapes count too: what is all asterisks is cut shorter.
  for (let room = most; escaped.length > most && room > 8; room = Math.floor(room * 0.8))
    escaped = escapeMarkdown(clip(plain, room));
  return escaped;
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\*_~`|<[\]]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(MENTION, '@\u200b')
    .replace(/^([-+#>])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Text of others as inline code: nothing in it is formatted, and a client that does not know code pings nobody. */
export function literalCode(text: string, most: number): string {
  const code = clip(inertText(text).replaceAll('`', 'ʼ'), most).replace(MENTION, '@\u200b');
  return code ? `\`${code}\`` : '';
}

const MENTION = /@(?=everyone|here|[!&]?\d)/gi;

/** A masked link of ours: the label ends in the domain it leads to. Plain words where there is no address to lead to. */
export function sourceLink(name: string, url: string | null, most = 80): string {
  const address = webAddress(url);
  if (!address) return literal(name, most);
  const domain = domainOf(url)!;
  const label = name && name !== domain ? `${literal(name, most)} · ${literal(domain)}` : literal(domain);
  // A longer address would eat the message; its domain is still named.
  return address.href.length > LONGEST_LINK ? label : `[${label}](${encodeForLink(address)})`;
}

const LONGEST_LINK = 500;

function encodeForLink(address: URL): string {
  return address.href.replace(
    /[()[\]<>\\*~`|@]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A name that the client fills in; mentions are shut off, so nobody is notified. */
export function named(id: string, sign: '#' | '@' | '@&'): string {
  return /^\d{15,21}$/.test(id) ? `<${sign}${id}>` : literal(id, 100);
}
