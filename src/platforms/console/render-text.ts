import { styleText } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import {
  changeLine,
  coverageLine,
  kindPrefix,
  matchLine,
  quietLine,
  storyLine,
  windowLine,
} from '../../locale/digest-lines.ts';
import { formatMoment, formatShort } from '../../locale/format-date.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { Badge, Digest, DigestStory, NotedStory, Quotation, Source } from '../../model/digest.ts';

export interface TextOptions {
  /** Columns; lines are wrapped to it. */
  width: number;
  color: boolean;
}

const BADGE_COLOR: Record<Badge, 'green' | 'yellow' | 'red'> = {
  NEW: 'green',
  UPDATED: 'yellow',
  CORRECTED: 'red',
};
/** Terminal escapes and other controls of a feed's text must not reach a terminal; bidi marks must not reorder a line. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The digest as a person reads it in a terminal or a mail; pure. */
export function renderText(digest: Digest, options: TextOptions): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    options.color ? styleText(style, text, { validateStream: false }) : text;
  const labels = labelsOf(digest.locale);
  const badgeWidth = Math.max(...Object.values(labels.badge).map((badge) => stringWidth(badge)));
  const indent = badgeWidth + 3;

  const block = (text: string, by: number) =>
    wrapAnsi(text, Math.max(20, options.width - by), { hard: true, trim: true })
      .split('\n')
      .map((line) => (line ? ' '.repeat(by) + line : line))
      .join('\n');

  const lines: string[] = [];
  const late = digest.late ? ` · ${labels.late}` : '';
  const isAlert = digest.kind === 'alert';
  const window = isAlert ? '' : ` · ${windowLine(digest)}`;
  const title = `${digest.topic.title} · ${formatMoment(digest.locale, digest.zone, digest.at)}${window}${late}`;
  lines.push(block(paint('bold', title), 0));
  if (!isAlert) lines.push(block(paint('dim', coverageLine(digest)), 0));
  for (const match of digest.matches)
    lines.push(
      block(matchLine(match, `${safe(match.query)} (${match.words.map(safe).join(', ')})`, digest.locale), 0),
    );

  const isQuiet = !digest.sections.length && !digest.alsoNoted.length && !digest.alerted.length;
  if (isQuiet) lines.push('', quietLine(digest));

  for (const section of digest.sections) {
    lines.push('', paint(['bold', 'cyan'], section.theme.title.toLocaleUpperCase(digest.locale)));
    for (const story of section.stories) lines.push(renderStory(story));
  }
  if (digest.alsoNoted.length)
    lines.push('', block(`${paint(['bold', 'cyan'], labels.alsoNoted)}  ${noted(digest.alsoNoted)}`, 0));
  if (digest.alerted.length)
    lines.push('', block(`${paint('bold', labels.alerted)}  ${noted(digest.alerted)}`, 0));
  for (const note of digest.notes)
    if (note === 'llm' || note === 'extractive-fallback')
      lines.push('', paint('dim', note === 'llm' ? labels.llm : labels.extractiveFallback));
  return `${lines.join('\n')}\n`;

  function renderStory(story: DigestStory): string {
    const badge = labels.badge[story.badge];
    const pad = ' '.repeat(badgeWidth - stringWidth(badge));
    const kind = kindPrefix(story.kind, story.headline.text, digest.locale);
    const headline = `${kind}${quote(story.headline)}`;
    const [first, ...rest] = block(paint('bold', headline), indent).split('\n');
    const out = [` ${paint(BADGE_COLOR[story.badge], badge)}${pad}  ${first!.slice(indent)}`, ...rest];
    for (const change of story.changes)
      out.push(block(paint('yellow', `+ ${safe(changeLine(change, digest.locale, digest.zone))}`), indent));
    if (story.sentences.length)
      out.push(
        block(
          story.sentences.map((sentence) => `${quote(sentence)} [${sentence.source + 1}]`).join(' '),
          indent,
        ),
      );
    for (const conflict of story.conflicts)
      out.push(
        block(
          `${fill(labels.says, { a: `${safe(conflict.who)}${conflict.stateMedia ? ` (${labels.stateMedia})` : ''}`, b: `“${quote(conflict.sentence)}”` })} [${conflict.sentence.source + 1}]`,
          indent,
        ),
      );
    if (story.onlyStateMedia)
      out.push(block(fill(labels.onlyStateMedia, { a: safe(story.onlyStateMedia) }), indent));
    const seen = formatShort(digest.locale, digest.zone, story.firstSeen);
    out.push(block(paint('dim', storyLine(story, digest.locale, seen)), indent));
    out.push(
      block(
        paint('dim', story.sources.map((source, i) => `[${i + 1}] ${sourceName(source)}`).join('  ')),
        indent,
      ),
    );
    return out.join('\n');
  }

  function noted(stories: NotedStory[]): string {
    return stories
      .map(
        (story) =>
          `${kindPrefix(story.kind, story.headline.text, digest.locale)}${quote(story.headline)} (${sourceName(story.source)})`,
      )
      .join(' · ');
  }

  function sourceName(source: Source): string {
    const marks = [
      source.stateMedia ? labels.stateMedia : '',
      source.paywalled ? labels.paywalled : '',
    ].filter(Boolean);
    return `${safe(source.outlet)}${marks.length ? ` (${marks.join(', ')})` : ''}`;
  }
}

function quote(quotation: Quotation): string {
  return safe(quotation.translation ?? quotation.text);
}

function safe(text: string): string {
  return text.replace(UNSAFE, '').replace(/\s+/g, ' ').trim();
}
