import type { ActionsBlock, Button, ContextBlock, KnownBlock, RichTextBlockElement } from '@slack/types';
import type { Call } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { changeLine, coverageLine, quietLine, storyLine, windowLine } from '../../locale/digest-lines.ts';
import { formatMoment, formatShort } from '../../locale/format-date.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { Notice } from '../../model/delivery.ts';
import type { Digest, DigestStory, Locale, NotedStory, Quotation, Source } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { encodeCall } from './action-id.ts';
import { LIMITS } from './limits.ts';
import { escapeMrkdwn, moment, raw, richText, sourceLink, textLength, words } from './rich-text.ts';

/** The body of `chat.postMessage` but for the channel, with the stories it shows. */
export interface SlackMessage {
  payload: SlackPayload;
  stories: number[];
}

export interface SlackPayload {
  /** Reads well in a notification. */
  text: string;
  blocks: KnownBlock[];
  unfurl_links: false;
  unfurl_media: false;
  /** Where the marker stands: `conversations.history` gives it back. */
  metadata: { event_type: typeof MARKER_EVENT; event_payload: { marker: string } };
}

export const MARKER_EVENT = 'tumen_part';

/** Longest texts that one story may bring, so that any story fits in a message whole. */
const MOST = {
  headline: 300,
  sentence: 420,
  change: 220,
  sources: 6,
  conflicts: 3,
  changes: 3,
  name: 48,
  matches: 6,
};
const BADGE_EMOJI = { NEW: '🆕', UPDATED: '🔄', CORRECTED: '✏️' } as const;

/** What must stay together in one message. */
interface Unit {
  blocks: KnownBlock[];
  stories: number[];
}

/** Splits a digest or alert into messages within every limit of Slack, at the borders of its stories; pure. */
export function renderDigest(digest: Digest, options: { marker: (index: number) => string }): SlackMessage[] {
  const packed = packUnits([headerUnit(digest), ...storyUnits(digest), ...listUnits(digest)]);
  return packed.map((units, index) => {
    const isLast = index === packed.length - 1;
    const blocks = [
      ...(index > 0 ? [context([continuedLine(digest, index, packed.length)])] : []),
      ...units.flatMap((unit) => unit.blocks),
      ...(isLast && digest.kind === 'digest' ? [actions([coverageButton(digest.locale)])] : []),
    ];
    return {
      payload: message(blocks, fallbackText(digest, index, packed.length), options.marker(index)),
      stories: units.flatMap((unit) => unit.stories),
    };
  });
}

/** A short message of ours. */
export function renderNotice(notice: Notice, marker: string): SlackMessage {
  const text = clip(notice.text, LIMITS.section - 400);
  const blocks: KnownBlock[] = [
    richText([
      {
        type: 'rich_text_section',
        elements: [words(notice.title, LIMITS.header, { bold: true }), raw(`\n${text}`)],
      },
    ]),
  ];
  return { payload: message(blocks, `${inertText(notice.title)}: ${inertText(text)}`, marker), stories: [] };
}

/** A story with its badge, sentences, sources and buttons, always small enough for one message. */
export function storyBlocks(story: DigestStory, locale: Locale, zone: string): KnownBlock[] {
  const labels = labelsOf(locale);
  const kind = story.kind === 'report' ? '' : `${labels[story.kind]}: `;
  const head = [
    raw(`${BADGE_EMOJI[story.badge]} ${labels.badge[story.badge]}`, { code: true }),
    raw(`  ${kind}`, { bold: true }),
    words(story.headline.text, MOST.headline, { bold: true }),
  ];
  for (const change of story.changes.slice(0, MOST.changes))
    head.push(raw('\n+ '), words(changeLine(change, locale, zone), MOST.change));
  if (story.sentences.length) head.push(raw('\n'));
  for (const quotation of story.sentences)
    head.push(
      words(quotation.text, MOST.sentence),
      raw(`${languageTag(quotation, locale)} ${cite(quotation)} `),
    );
  for (const { translation, source } of story.sentences)
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
  elements.push({ type: 'rich_text_section', elements: sourceElements(story.sources, locale) });

  const seen = moment(story.firstSeen, formatShort(locale, zone, story.firstSeen));
  return [
    richText(elements),
    context([storyLine(story, locale, seen)]),
    actions(storyButtons(story.storyId, locale)),
  ];
}

/** `[1] Outlet · domain (state media)  [2] …` */
export function sourceElements(sources: readonly Source[], locale: Locale) {
  const labels = labelsOf(locale);
  const shown = sources.slice(0, MOST.sources).flatMap((source, i) => {
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
  const rest = sources.length - MOST.sources;
  return rest > 0 ? [...shown, raw(fill(labels.more, { n: rest }))] : shown;
}

export function button(label: string, call: Call, style?: Button['style']): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: clip(label, LIMITS.buttonText), emoji: false },
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

function message(blocks: KnownBlock[], text: string, marker: string): SlackPayload {
  return {
    text: escapeMrkdwn(text, LIMITS.text - 500),
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: MARKER_EVENT, event_payload: { marker } },
  };
}

function packUnits(units: readonly Unit[]): Unit[][] {
  const messages: Unit[][] = [];
  /** The continued line and the Coverage row. */
  const frame = { blocks: 2, text: 400 };
  let blocks = 0;
  let text = 0;
  for (const unit of units) {
    const length = textLength(unit.blocks);
    const open = messages.at(-1);
    const fits =
      open &&
      blocks + unit.blocks.length + frame.blocks <= LIMITS.blocks &&
      text + length + frame.text <= LIMITS.messageText;
    if (fits) open.push(unit);
    else messages.push([unit]);
    blocks = (fits ? blocks : 0) + unit.blocks.length;
    text = (fits ? text : 0) + length;
  }
  return messages;
}

function headerUnit(digest: Digest): Unit {
  const labels = labelsOf(digest.locale);
  const at = moment(digest.at, formatMoment(digest.locale, digest.zone, digest.at));
  const lines =
    digest.kind === 'alert'
      ? [`${escapeMrkdwn(digest.topic.title, 120)} · ${at}`]
      : [
          `${at} · ${escapeMrkdwn(windowLine(digest))}${digest.late ? ` · *${labels.late}*` : ''}`,
          escapeMrkdwn(coverageLine(digest), 600),
        ];
  for (const match of digest.matches.slice(0, MOST.matches)) {
    const found = match.words.slice(0, 6).map((word) => escapeMrkdwn(word, 40));
    lines.push(
      fill(labels.matched, {
        a: `${escapeMrkdwn(match.query, 100)}${found.length ? ` → ${found.join(', ')}` : ''}`,
      }),
    );
  }
  const rest = digest.matches.length - MOST.matches;
  if (rest > 0) lines.push(fill(labels.more, { n: rest }));
  if (digest.notes.includes('llm')) lines.push(labels.llm);
  if (digest.notes.includes('extractive-fallback')) lines.push(labels.extractiveFallback);
  const blocks: KnownBlock[] = digest.kind === 'alert' ? [] : [header(digest.topic.title)];
  blocks.push(context([lines.join('\n')]));
  if (!digest.sections.length && !digest.alsoNoted.length && !digest.alerted.length)
    blocks.push({ type: 'section', text: { type: 'plain_text', text: quietLine(digest), emoji: false } });
  return { blocks, stories: [] };
}

function storyUnits(digest: Digest): Unit[] {
  return digest.sections.flatMap((section) =>
    section.stories.map((story, index) => ({
      blocks: [
        ...(index === 0 && section.theme.title ? [header(section.theme.title)] : []),
        ...storyBlocks(story, digest.locale, digest.zone),
      ],
      stories: [story.storyId],
    })),
  );
}

/** "Also noted" and "Alerted", in units of a few lines so that they split between lines. */
function listUnits(digest: Digest): Unit[] {
  const labels = labelsOf(digest.locale);
  const lists = [
    { title: labels.alsoNoted, stories: digest.alsoNoted },
    { title: labels.alerted, stories: digest.alerted },
  ];
  return lists.flatMap(({ title, stories }) => {
    const units: Unit[] = [];
    for (let i = 0; i < stories.length; i += LINES_IN_UNIT) {
      const some = stories.slice(i, i + LINES_IN_UNIT);
      const list = richText([
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: some.map((story) => notedLine(story, digest.locale)),
        },
      ]);
      units.push({
        blocks: i === 0 ? [header(title), list] : [list],
        stories: some.map((story) => story.storyId),
      });
    }
    return units;
  });
}

const LINES_IN_UNIT = 4;

function notedLine(story: NotedStory, locale: Locale) {
  const kind = story.kind === 'report' ? '' : `${labelsOf(locale)[story.kind]}: `;
  return {
    type: 'rich_text_section' as const,
    elements: [
      ...(kind ? [raw(kind, { italic: true })] : []),
      words(story.headline.text, MOST.headline),
      raw(' · '),
      sourceLink(story.source.outlet, story.source.url, MOST.name),
    ],
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

function coverageButton(locale: Locale): Button {
  return button(actionWords(locale).coverage, { path: 'tumen status', options: {} });
}

export function header(text: string): KnownBlock {
  return {
    type: 'header',
    text: { type: 'plain_text', text: clip(inertText(text), LIMITS.header) || '–', emoji: false },
  };
}

function cite({ source, also = [] }: { source: number; also?: number[] }): string {
  return [source, ...also].map((index) => `[${index + 1}]`).join('');
}

function languageTag({ language }: Quotation, locale: Locale): string {
  if (language === locale || !/^[a-z]{2,3}$/.test(language) || language === 'und') return '';
  return ` (${new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language})`;
}

function continuedLine(digest: Digest, index: number, total: number): string {
  return `${escapeMrkdwn(digest.topic.title, 80)} · ${fill(actionWords(digest.locale).continued, { n: index + 1, m: total })}`;
}

/** What a notification or a screen reader says. */
function fallbackText(digest: Digest, index: number, total: number): string {
  if (index > 0) return continuedLine(digest, index, total);
  const headlines = [
    ...digest.sections.flatMap((section) => section.stories.map((story) => story.headline.text)),
    ...digest.alsoNoted.map((story) => story.headline.text),
  ];
  if (!headlines.length) return `${digest.topic.title}: ${quietLine(digest)}`;
  const shown = headlines.slice(0, 5).map((headline) => clip(inertText(headline), 160));
  const rest = headlines.length - shown.length;
  const more = rest > 0 ? [fill(labelsOf(digest.locale).more, { n: rest })] : [];
  return `${digest.topic.title}: ${[...shown, ...more].join(' · ')}`;
}
