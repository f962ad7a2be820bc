import { formatDay, formatShort, formatTime } from '../../locale/format-date.ts';
import type { Locale } from '../../model/digest.ts';
import { escapeHtml } from './escape-html.ts';

export interface ReaderView {
  locale: Locale;
  /** The reader's zone, in which the client shows `<t:…>`. */
  zone: string;
}

/** The part of Discord's Markdown that we write, as HTML; everything else stands as it is written. */
export function discordMarkdown(text: string, view: ReaderView): string {
  return text
    .split('\n')
    .map((line) => {
      const block = /^(#{1,3} |-# |> |- )(.*)$/s.exec(line);
      const inner = inline(block ? block[2]! : line, view);
      switch (block?.[1]) {
        case undefined:
          return inner ? `<p>${inner}</p>` : '';
        case '-# ':
          return `<p class="small">${inner}</p>`;
        case '> ':
          return `<blockquote>${inner}</blockquote>`;
        case '- ':
          return `<p class="item">${inner}</p>`;
        default: {
          const level = block![1]!.length - 1;
          return `<h${level}>${inner}</h${level}>`;
        }
      }
    })
    .join('');
}

const INLINE =
  /\\([^0-9A-Za-z\s])|`([^`]+)`|\*\*((?:\\.|[^\\])+?)\*\*|\*((?:\\.|[^\\*])+?)\*|\[((?:\\.|[^\\\]])+)\]\((https?:\/\/[^\s)]+)\)|<t:(\d+)(?::([tTdDfFR]))?>/gs;

function inline(text: string, view: ReaderView): string {
  let html = '';
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    html += escapeHtml(text.slice(last, match.index));
    last = match.index + match[0].length;
    const [, escaped, code, bold, italic, label, url, time, style] = match;
    if (escaped !== undefined) html += escapeHtml(escaped);
    else if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`;
    else if (bold !== undefined) html += `<strong>${inline(bold, view)}</strong>`;
    else if (italic !== undefined) html += `<em>${inline(italic, view)}</em>`;
    else if (label !== undefined)
      html += `<a href="${escapeHtml(url!)}" rel="noopener noreferrer nofollow">${inline(label, view)}</a>`;
    else html += `<time>${escapeHtml(moment(Number(time) * 1000, style, view))}</time>`;
  }
  return html + escapeHtml(text.slice(last));
}

function moment(at: number, style: string | undefined, { locale, zone }: ReaderView): string {
  if (!Number.isFinite(new Date(at).getTime())) return '';
  if (style === 't' || style === 'T') return formatTime(locale, zone, at);
  if (style === 'd' || style === 'D') return formatDay(locale, zone, at);
  return formatShort(locale, zone, at);
}
