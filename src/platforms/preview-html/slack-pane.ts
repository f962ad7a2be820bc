import { formatShort, formatTime } from '../../locale/format-date.ts';
import type { SlackPayload } from '../slack/render-digest.ts';
import type { Element } from '../slack/rich-text.ts';
import type { ReaderView } from './discord-markdown.ts';
import { escapeHtml } from './escape-html.ts';
import type { Pane } from './page.ts';

type Block = SlackPayload['blocks'][number];
type RichText = Extract<Block, { type: 'rich_text' }>['elements'][number];

/** Messages as the Slack client draws them, in its light theme. */
export function slackPane(
  messages: readonly { blocks: readonly Block[] }[],
  view: ReaderView & { at: number; channel: string },
): Pane {
  const time = escapeHtml(formatTime(view.locale, view.zone, view.at));
  const drawn = messages.map(({ blocks }, index) => {
    const head = index
      ? ''
      : `<div class="s-who"><b>tumen</b><span class="s-app">APP</span><time>${time}</time></div>`;
    const body = blocks.map((block) => draw(block, view)).join('');
    const avatar = index ? '' : '<div class="s-avatar">t</div>';
    return `<div class="s-message${index ? ' s-more' : ''}">${avatar}<div class="s-body">${head}${body}</div></div>`;
  });
  return {
    name: 'Slack',
    css: CSS,
    html: `<div class="slack"><div class="s-channel"># ${escapeHtml(view.channel)}</div>${drawn.join('')}</div>`,
  };
}

function draw(block: Block, view: ReaderView): string {
  switch (block.type) {
    case 'header':
      return `<h2>${escapeHtml(block.text.text)}</h2>`;
    case 'divider':
      return '<hr>';
    case 'section':
      return `<p>${escapeHtml(block.text?.text ?? '')}</p>`;
    case 'context': {
      const texts = block.elements.map((element) => ('text' in element ? mrkdwn(element.text, view) : ''));
      return `<p class="s-context">${texts.join(' ')}</p>`;
    }
    case 'actions': {
      const buttons = block.elements.map((element) => {
        const { text, style } = element as { text?: { text: string }; style?: string };
        return `<span class="s-button${style ? ` s-${style}` : ''}">${escapeHtml(text?.text ?? '')}</span>`;
      });
      return `<div class="s-row">${buttons.join('')}</div>`;
    }
    case 'rich_text':
      return block.elements.map((element) => drawRich(element, view)).join('');
    default:
      return '';
  }
}

function drawRich(element: RichText, view: ReaderView): string {
  if (element.type === 'rich_text_list')
    return `<ul>${element.elements.map((item) => `<li>${inside(item.elements, view)}</li>`).join('')}</ul>`;
  const text = inside(element.elements, view);
  return element.type === 'rich_text_quote' ? `<blockquote>${text}</blockquote>` : `<p>${text}</p>`;
}

function inside(elements: readonly Element[], view: ReaderView): string {
  return elements.map((element) => inline(element, view)).join('');
}

function inline(element: Element, view: ReaderView): string {
  switch (element.type) {
    case 'text': {
      let html = escapeHtml(element.text);
      if (element.style?.code) html = `<code>${html}</code>`;
      if (element.style?.italic) html = `<em>${html}</em>`;
      return element.style?.bold ? `<strong>${html}</strong>` : html;
    }
    case 'link':
      return `<a href="${escapeHtml(element.url)}" rel="noopener noreferrer nofollow">${escapeHtml(element.text ?? element.url)}</a>`;
    case 'date':
      return `<time>${escapeHtml(formatShort(view.locale, view.zone, element.timestamp * 1000))}</time>`;
    default:
      return '';
  }
}

/** The part of mrkdwn that we write: bold, dates, and Slack's own escapes of `& < >`. */
function mrkdwn(text: string, view: ReaderView): string {
  return text
    .split(/(<!date\^\d+\^[^>]*>|\*[^*\n]+\*)/)
    .map((piece) => {
      const date = /^<!date\^(\d+)\^/.exec(piece);
      if (date)
        return `<time>${escapeHtml(formatShort(view.locale, view.zone, Number(date[1]) * 1000))}</time>`;
      const bold = /^\*([^*\n]+)\*$/.exec(piece);
      return bold ? `<strong>${plain(bold[1]!)}</strong>` : plain(piece);
    })
    .join('');
}

function plain(text: string): string {
  return escapeHtml(text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'));
}

const CSS = `
.slack{background:#fff;color:#1d1c1d;font:15px/1.467 Lato,"Noto Sans","Noto Sans CJK KR","Helvetica Neue",Helvetica,Arial,sans-serif;padding:0 0 16px}
.s-channel{padding:14px 20px;border-bottom:1px solid #e3e3e3;font-weight:900;margin-bottom:8px}
.s-message{display:flex;gap:10px;padding:8px 20px 4px}
.s-message.s-more{padding-left:66px}
.s-avatar{flex:none;width:36px;height:36px;border-radius:8px;background:#1f5f5b;color:#fff;font-weight:700;font-size:19px;text-align:center;line-height:34px}
.s-body{min-width:0;flex:1;max-width:620px}
.s-who{display:flex;gap:6px;align-items:center}
.s-who b{font-weight:900}
.s-who time{background:none;color:#616061;font-size:12px}
.s-app{background:#ebeaeb;color:#616061;font-size:10px;font-weight:700;border-radius:2px;padding:1px 4px}
.slack h2{font-size:18px;line-height:1.33;font-weight:900;margin:14px 0 6px;overflow-wrap:anywhere}
.slack p,.slack blockquote,.slack li{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.slack p{margin:2px 0 4px}
.slack .s-context{font-size:13px;line-height:1.4;color:#616061;margin:4px 0 8px}
.slack blockquote{border-left:4px solid #ddd;border-radius:2px;padding:0 0 0 12px;margin:4px 0}
.slack ul{margin:2px 0 8px;padding-left:22px}
.slack code{background:#f6f6f6;border:1px solid #dcdcdc;border-radius:3px;color:#c01343;padding:1px 3px;font:12px/1.5 "Noto Sans Mono",Monaco,Menlo,Consolas,monospace}
.slack a{color:#1264a3;text-decoration:none}
.s-row{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0 16px}
.s-button{border:1px solid #bbbabb;border-radius:8px;font-size:13px;font-weight:700;padding:4px 12px;background:#fff}
.s-primary{background:#007a5a;border-color:#007a5a;color:#fff}.s-danger{background:#e01e5a;border-color:#e01e5a;color:#fff}
@media(max-width:480px){.s-message,.s-message.s-more{padding:8px 12px 4px}}
`;
