import type {
  APIButtonComponent,
  APIMessageTopLevelComponent,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { formatTime } from '../../locale/format-date.ts';
import { discordMarkdown, type ReaderView } from './discord-markdown.ts';
import { escapeHtml } from './escape-html.ts';
import type { Pane } from './page.ts';

type Component = APIMessageTopLevelComponent | { type: number; components?: unknown[]; content?: string };

/** Messages as the Discord client draws them, in its dark theme. */
export function discordPane(
  messages: readonly RESTPostAPIChannelMessageJSONBody[],
  view: ReaderView & { at: number; channel: string },
): Pane {
  const time = escapeHtml(formatTime(view.locale, view.zone, view.at));
  const drawn = messages.map((message, index) => {
    const head =
      index === 0
        ? `<div class="d-who"><b>tumen</b><span class="d-app">APP</span><time>${time}</time></div>`
        : '';
    const body = (message.components ?? []).map((component) => draw(component as Component, view)).join('');
    return `<div class="d-message${index ? ' d-more' : ''}">${index ? '' : '<div class="d-avatar">t</div>'}<div class="d-body">${head}${body}</div></div>`;
  });
  return {
    name: 'Discord',
    css: CSS,
    html: `<div class="discord"><div class="d-channel"># ${escapeHtml(view.channel)}</div>${drawn.join('')}</div>`,
  };
}

function draw(component: Component, view: ReaderView): string {
  const inner = () =>
    ((component as { components?: Component[] }).components ?? []).map((c) => draw(c, view)).join('');
  switch (component.type) {
    case ComponentType.Container: {
      const color = (component as { accent_color?: number }).accent_color;
      const bar =
        color === undefined ? '' : ` style="border-left-color:#${color.toString(16).padStart(6, '0')}"`;
      return `<div class="d-container"${bar}>${inner()}</div>`;
    }
    case ComponentType.TextDisplay:
      return `<div class="d-text">${discordMarkdown((component as { content: string }).content, view)}</div>`;
    case ComponentType.ActionRow:
      return `<div class="d-row">${inner()}</div>`;
    case ComponentType.Separator:
      return '<hr>';
    case ComponentType.Button: {
      const { label, style } = component as unknown as APIButtonComponent & { label?: string };
      return `<span class="d-button d-style${Number(style)}">${escapeHtml(label ?? '')}</span>`;
    }
    default:
      return inner();
  }
}

const CSS = `
.discord{background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","Noto Sans","Noto Sans CJK KR","Helvetica Neue",Helvetica,Arial,sans-serif;padding:0 0 16px}
.d-channel{padding:12px 16px;border-bottom:1px solid #26272b;font-weight:600;color:#f2f3f5;margin-bottom:8px}
.d-message{display:flex;gap:16px;padding:8px 16px 2px}
.d-message.d-more{padding-left:72px}
.d-avatar{flex:none;width:40px;height:40px;border-radius:50%;background:#2f7f79;color:#fff;font-weight:700;font-size:20px;text-align:center;line-height:38px}
.d-body{min-width:0;flex:1}
.d-who{display:flex;gap:6px;align-items:center;margin-bottom:4px}
.d-who b{color:#f2f3f5;font-weight:500}
.d-who time{color:#949ba4;font-size:12px}
.d-app{background:#5865f2;color:#fff;font-size:10px;font-weight:600;border-radius:4px;padding:1px 5px}
.d-container{max-width:600px;background:#2b2d31;border:1px solid #3a3c42;border-left:4px solid #4e5058;border-radius:8px;padding:14px 16px}
.d-text{margin:0 0 8px}.d-text:last-child{margin:0}
.d-text p,.d-text blockquote,.d-text h1,.d-text h2,.d-text h3{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
.d-text p+p{margin-top:2px}
.d-text h1{font-size:24px;line-height:1.375;color:#f2f3f5}.d-text h2{font-size:20px;line-height:1.375;color:#f2f3f5}
.d-text h3{font-size:16px;line-height:1.375;color:#f2f3f5;margin:4px 0 6px}
.d-text strong{color:#f2f3f5;font-weight:700}
.d-text .small{font-size:13px;line-height:1.4;color:#949ba4}
.d-text .item{padding-left:18px;position:relative}.d-text .item:before{content:"•";position:absolute;left:5px}
.d-text blockquote{border-left:4px solid #4e5058;border-radius:2px;padding:0 0 0 10px;margin:4px 0}
.d-text code{background:#1e1f22;border:1px solid #232428;border-radius:4px;padding:0 4px;font:13.6px/1.2 "gg mono","Noto Sans Mono",Consolas,Menlo,monospace}
.d-text a{color:#00a8fc;text-decoration:none}
.d-text time{background:#3f4147;border-radius:3px;padding:0 3px}
.d-row{display:flex;flex-wrap:wrap;gap:8px;margin:4px 0 14px}
.d-row:last-child{margin-bottom:2px}
.d-button{background:#4e5058;color:#fff;border-radius:8px;font-size:14px;font-weight:500;padding:5px 16px}
.d-style1{background:#5865f2}.d-style4{background:#da373c}
.d-container hr{border:0;border-top:1px solid #46484f;margin:12px 0}
@media(max-width:480px){.d-message{padding:8px 10px 2px;gap:10px}.d-message.d-more{padding-left:10px}.d-avatar{width:32px;height:32px;line-height:30px;font-size:16px}.d-container{padding:12px}.d-button{padding:5px 12px}}
`;
