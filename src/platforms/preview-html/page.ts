import type { Locale } from '../../model/digest.ts';
import { escapeHtml } from './escape-html.ts';

/** One client's window in the preview. `html` is made of escaped text only. */
export interface Pane {
  name: string;
  css: string;
  html: string;
}

/** A page that needs nothing else: no script, no font, no picture, no request. */
export function previewPage(title: string, locale: Locale, panes: readonly Pane[]): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>
*{box-sizing:border-box}
body{margin:0;background:#1e1f22;color:#dbdee1}
main{display:flex;flex-wrap:wrap;gap:24px;justify-content:center;align-items:flex-start;padding:24px}
section{flex:1 1 340px;max-width:760px;min-width:0;border-radius:10px;overflow:hidden;box-shadow:0 2px 16px #0006}
@media(max-width:480px){main{padding:0;gap:12px}section{border-radius:0}}
${panes.map((pane) => pane.css.trim()).join('\n')}
</style>
</head>
<body><main>
${panes.map((pane) => `<section aria-label="${escapeHtml(pane.name)}">${pane.html}</section>`).join('\n')}
</main></body>
</html>
`;
}
