import { contentSpans } from '../text/boilerplate.ts';

/** The lead names the event, what follows is background. */
const LEAD_CHARACTERS = 1500;

/** What stands in place of an article: archive notes, consent and script walls, sign-in and error pages, empty profiles. */
const PLACEHOLDER =
  /internet archive|wayback machine|web ?crawls?\b|javascript is (?:disabled|not enabled)|(?:enable|turn on) (?:javascript|cookies)|tweet with a location|switch to a supported browser|legacy twitter|your timeline is where|page (?:not found|you requested|cannot be found)|404 error|access (?:denied|to this page)|subscribers? only|log ?in to (?:read|continue)|verify (?:that )?you are (?:a )?human|cookie (?:policy|settings)|checking your browser|включите javascript|страница не найдена|자바스크립트를|페이지를 찾을 수 없|javascriptを有効|ページが見つかりません|启用\s?javascript|页面不存在/i;

/** A placeholder says nothing else: an article that mentions one of these goes on for longer. */
const PLACEHOLDER_CHARACTERS = 700;

/** The opening of an article without page furniture; '' where a placeholder stands in its place. */
export function eventText(text: string, language: string): string {
  const lead = text.slice(0, LEAD_CHARACTERS);
  if (isPlaceholder(lead)) return '';
  let out = '';
  for (const { start, end } of contentSpans(lead, language)) out += `${lead.slice(start, end)}\n`;
  return out;
}

function isPlaceholder(lead: string): boolean {
  return lead.length < PLACEHOLDER_CHARACTERS
    ? PLACEHOLDER.test(lead)
    : PLACEHOLDER.test(lead.slice(0, 120)) && PLACEHOLDER.test(lead.slice(120));
}
