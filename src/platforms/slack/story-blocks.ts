import type {
  ActionsBlock,
  Button,
  ContextBlock,
  KnownBlock,
  RichTextBlockElement,
  RichTextElement,
} from '@slack/types';
import type { Call } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { changeLine, kindPrefix, storyLine } from '../../locale/digest-lines.ts';
import { formatShort } from '../../locale/format-date.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { DigestStory, Locale, Quotation, Source } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { listedSources } from '../listed-sources.ts';
import { encodeCall } from './action-id.ts';
import { LIMITS } from './limits.ts';
import { moment, raw, richText, sourceLink, words } from './rich-text.ts';

/** Longest texts that one story may bring, so that any story fits in a message whole. */
export const MOST = {
  headline: 300,
  sentence: 420,
  sentences: 5,
  change: 220,
  sources: 6,
  conflicts: 3,
  changes: 3,
  name: 48,
} as const;

/** A story with its badge, sentences, sources and buttons, always small enough for one message. */
export function storyBlocks(story: DigestStory, locale: Locale, zone: string): KnownBlock[] {
  const labels = labelsOf(locale);
  const kind = kindPrefix(story.kind, story.headline.text, locale);
  const head: RichTextElement[] = [
    raw(labels.badge[story.badge], { code: true }),
    raw(`  ${kind}`, { bold: true }),
    words(story.headline.text, MOST.headline, { bold: true }),
  ];
  for (const change of story.changes.slice(0, MOST.changes))
    head.push(raw('\n+ '), words(changeLine(change, locale, zone), MOST.change));
  const sentences = story.sentences.slice(0, MOST.sentences);
  if (sentences.length) head.push(raw('\n'));
  for (const quotation of sentences)
    head.push(
      words(quotation.text, MOST.sentence),
      raw(`${languageTag(quotation, locale)} ${cite(quotation)} `),
    );
  for (const { translation, source } of sentences)
    if (translation)
      head.push(
        raw(`\n${labels.machineTranslation}: `, { italic: true }),
        words(translation, MOST.sentence),
        raw(` ${cite({ source })}`),
      );

  const elements: RichTextBlockElement[] = [{ type: 'rich_text_section', elements: head }];
  for (const { who, stateMedia, sentence } of story.conflicts.slice(0, MOST.conflicts)) {
    const speaker = `${clip(inertText(who), MOST.name)}${stateMedia ? ` (${labels.stateMedia})` : ''}`;
    const said = fill(labels.says, { a: speaker, b: `“${clip(inertText(sentence.text), MOST.change)}”` });
    elements.push({ type: 'rich_text_quote', elements: [words(said, 600), raw(` ${cite(sentence)}`)] });
  }
  if (story.onlyStateMedia)
    elements.push({
      type: 'rich_text_quote',
      elements: [words(fill(labels.onlyStateMedia, { a: story.onlyStateMedia }), MOST.change)],
    });
  if (story.sources.length)
    elements.push({
      type: 'rich_text_section',
      elements: sourceElements(story.sources, locale, listedSources(story, MOST.sources)),
    });

  const seen = moment(story.firstSeen, formatShort(locale, zone, story.firstSeen));
  return [
    richText(elements),
    context([storyLine(story, locale, seen)]),
    actions(storyButtons(story.storyId, locale)),
  ];
}

/** `[1] Outlet · domain (state media)  [2] …` */
export function sourceElements(
  sources: readonly Source[],
  locale: Locale,
  /** Indexes of those that are shown. */
  listed: readonly number[] = sources.map((_, i) => i),
): RichTextElement[] {
  const labels = labelsOf(locale);
  const shown = listed.flatMap((i) => {
    const source = sources[i]!;
    const marks = [
      source.stateMedia ? labels.stateMedia : '',
      source.paywalled ? labels.paywalled : '',
    ].filter(Boolean);
    return [
      raw(`[${i + 1}]\u00a0`),
      sourceLink(source.outlet, source.url, MOST.name),
      raw(`${marks.length ? ` (${marks.join(', ')})` : ''}  `),
    ];
  });
  const rest = sources.length - listed.length;
  return rest > 0 ? [...shown, raw(fill(labels.more, { n: rest }))] : shown;
}

export function button(label: string, call: Call, style?: Button['style']): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: clip(inertText(label), LIMITS.buttonText) || '–', emoji: false },
    ...encodeCall('run', call),
    ...(style ? { style } : {}),
  };
}

export function actions(buttons: Button[]): ActionsBlock {
  return { type: 'actions', elements: buttons.slice(0, LIMITS.actions) };
}

/** Lines of ours, as mrkdwn, small and grey. */
export function context(lines: string[]): ContextBlock {
  return { type: 'context', elements: lines.map((text) => ({ type: 'mrkdwn', text, verbatim: true })) };
}

export function header(text: string): KnownBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: clip(inertText(text), LIMITS.header) || '–', emoji: false },
  };
}

function storyButtons(story: number, locale: Locale): Button[] {
  const labels = actionWords(locale);
  return [
    button(labels.follow, { path: 'story follow', options: { story } }),
    button(labels.sources, { path: 'story sources', options: { story } }),
    button(labels.why, { path: 'why', options: { story } }),
  ];
}

function cite({ source, also = [] }: { source: number; also?: number[] }): string {
  return [source, ...also.slice(0, MOST.sources)].map((index) => `[${index + 1}]`).join('');
}

function languageTag({ language }: Quotation, locale: Locale): string {
  if (language === locale || !/^[a-z]{2,3}$/.test(language) || language === 'und') return '';
  return ` (${new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language})`;
}
