import type { Button, KnownBlock, RichTextSection } from '@slack/types';
import { actionWords } from '../../locale/actions.ts';
import { coverageLine, kindPrefix, matchLine, quietLine, windowLine } from '../../locale/digest-lines.ts';
import { formatMoment } from '../../locale/format-date.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Notice } from '../../model/delivery.ts';
import type { Digest, Locale, NotedStory } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { LIMITS } from './limits.ts';
import { listId } from './message-stories.ts';
import { packUnits, type Unit } from './pack-units.ts';
import { escapeMrkdwn, moment, raw, richText, sourceLink, words } from './rich-text.ts';
import { actions, button, context, header, MOST, storyBlocks } from './story-blocks.ts';

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

const MOST_MATCHES = 6;
const MOST_HEADLINES = 20;
/** Of a headline in the overview, which stands in one message with the header. */
const MOST_OVERVIEW = 160;
/** Lines of one text of a context, together; what is longer goes on in another. */
const MOST_CONTEXT = 1900;
const LINES_IN_UNIT = 4;

interface DigestOptions {
  marker: (index: number) => string;
  /** The first message names the stories and the others, which tell them, stand in its thread. */
  threaded?: boolean;
}

/** Splits a digest or alert into messages within every limit of Slack, at the borders of its stories; pure. */
export function renderDigest(digest: Digest, { marker, threaded = false }: DigestOptions): SlackMessage[] {
  const head = headerUnit(digest);
  const stories = [...storyUnits(digest), ...listUnits(digest)];
  const packed =
    threaded && digest.kind === 'digest' && stories.length
      ? [[head, overviewUnit(digest)], ...packUnits(stories)]
      : packUnits([head, ...stories]);
  return packed.map((units, index) => {
    const isLast = index === packed.length - 1;
    const blocks = [
      ...(index > 0 && !threaded ? [context([continuedLine(digest, index, packed.length)])] : []),
      ...units.flatMap((unit) => unit.blocks),
      ...(isLast && digest.kind === 'digest' ? [actions([coverageButton(digest.locale)])] : []),
    ];
    return {
      payload: message(blocks, fallbackText(digest, index, packed.length), marker(index)),
      stories: units.flatMap((unit) => unit.stories),
    };
  });
}

/** A short message of ours. */
export function renderNotice(notice: Notice, marker: string): SlackMessage {
  const { by } = notice;
  const last = by ? `\n${fill(by.words, { a: by.person })}` : '';
  const lines = `${clip(notice.text, LIMITS.section - 400)}${last}`.split('\n');
  const text = lines.map((line) => inertText(line)).join('\n');
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

function message(blocks: KnownBlock[], text: string, marker: string): SlackPayload {
  return {
    text: escapeMrkdwn(text, LIMITS.text - 500),
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: MARKER_EVENT, event_payload: { marker } },
  };
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
  for (const match of digest.matches.slice(0, MOST_MATCHES)) {
    const found = match.words.slice(0, 6).map((word) => escapeMrkdwn(word, 40));
    const shown = `${escapeMrkdwn(match.query, 100)}${found.length ? ` → ${found.join(', ')}` : ''}`;
    lines.push(matchLine(match, shown, digest.locale));
  }
  const rest = digest.matches.length - MOST_MATCHES;
  if (rest > 0) lines.push(fill(labels.more, { n: rest }));
  if (digest.notes.includes('llm')) lines.push(labels.llm);
  if (digest.notes.includes('extractive-fallback')) lines.push(labels.extractiveFallback);
  const blocks: KnownBlock[] = digest.kind === 'alert' ? [] : [header(digest.topic.title)];
  blocks.push(context(joinLines(lines)));
  if (!digest.sections.length && !digest.alsoNoted.length && !digest.alerted.length)
    blocks.push({ type: 'section', text: { type: 'plain_text', text: quietLine(digest), emoji: false } });
  return { blocks, stories: [] };
}

function joinLines(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const open = texts.at(-1);
    if (open !== undefined && open.length + line.length < MOST_CONTEXT)
      texts[texts.length - 1] = `${open}\n${line}`;
    else texts.push(line);
  }
  return texts;
}

/** The headlines alone, with a mark for what is new of each. */
function overviewUnit(digest: Digest): Unit {
  const stories = digest.sections.flatMap((section) => section.stories);
  if (!stories.length) return { blocks: [], stories: [] };
  const { badge, more } = labelsOf(digest.locale);
  const shown = stories.slice(0, MOST_HEADLINES);
  const lines = shown.map((story) => ({
    type: 'rich_text_section' as const,
    elements: [raw(badge[story.badge], { code: true }), raw('  '), words(story.headline.text, MOST_OVERVIEW)],
  }));
  const rest = stories.length - lines.length;
  if (rest > 0) lines.push({ type: 'rich_text_section', elements: [raw(fill(more, { n: rest }))] });
  const ids = shown.map((story) => story.storyId);
  return { blocks: [storyList(ids, lines)], stories: [] };
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
      const list = storyList(
        some.map((story) => story.storyId),
        some.map((story) => notedLine(story, digest.locale)),
      );
      units.push({
        blocks: i === 0 ? [header(title), list] : [list],
        stories: some.map((story) => story.storyId),
      });
    }
    return units;
  });
}

/** A list of headlines that says which stories they are, so that a shortcut on the message can tell. */
function storyList(stories: readonly number[], lines: RichTextSection[]): KnownBlock {
  const list = richText([{ type: 'rich_text_list', style: 'bullet', elements: lines }]);
  return { ...list, block_id: listId(stories) };
}

function notedLine(story: NotedStory, locale: Locale) {
  const kind = kindPrefix(story.kind, story.headline.text, locale);
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

function coverageButton(locale: Locale): Button {
  return button(actionWords(locale).coverage, { path: 'tumen status', options: {} });
}

function continuedLine(digest: Digest, index: number, total: number): string {
  return `${escapeMrkdwn(digest.topic.title, 80)} · ${fill(actionWords(digest.locale).continued, { n: index + 1, m: total })}`;
}

/** What a notification or a screen reader says. */
function fallbackText(digest: Digest, index: number, total: number): string {
  if (index > 0) return continuedLine(digest, index, total);
  const title = digest.kind === 'alert' ? alertLine(digest) : digest.topic.title;
  const headlines = [
    ...digest.sections.flatMap((section) => section.stories.map((story) => story.headline.text)),
    ...digest.alsoNoted.map((story) => story.headline.text),
  ];
  if (!headlines.length) return `${title}: ${quietLine(digest)}`;
  const shown = headlines.slice(0, 5).map((headline) => clip(inertText(headline), 160));
  const rest = headlines.length - shown.length;
  const more = rest > 0 ? [fill(labelsOf(digest.locale).more, { n: rest })] : [];
  return `${title}: ${[...shown, ...more].join(' · ')}`;
}

/** `Alert for “artillery shells”` */
function alertLine({ locale, matches, topic }: Digest): string {
  const followed = matches.slice(0, 3).map(({ query }) => `“${clip(inertText(query), 60)}”`);
  return fill(slackWords(locale).alertFor, { a: followed.join(', ') || topic.title });
}
