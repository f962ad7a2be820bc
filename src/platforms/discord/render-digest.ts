import {
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { Call } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import {
  changeLine,
  coverageLine,
  kindPrefix,
  matchLine,
  quietLine,
  storyLine,
  windowLine,
} from '../../locale/digest-lines.ts';
import { fill, labelsOf } from '../../locale/labels.ts';
import type { Notice } from '../../model/delivery.ts';
import type { Digest, DigestStory, Locale, NotedStory, Quotation, Source } from '../../model/digest.ts';
import { listedSources } from '../listed-sources.ts';
import { addMarker, encodeCustomId } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { literal, named, sourceLink } from './markdown.ts';
import { buttonRows, container, drawUnits, packUnits, type Unit } from './pack-units.ts';

/** A message ready for `POST /channels/:id/messages`, with the stories it shows. */
export interface DiscordMessage {
  payload: RESTPostAPIChannelMessageJSONBody;
  stories: number[];
}

export interface DigestOptions {
  /** The marker of message `index`: stands in the custom_id of each of its components. */
  marker: (index: number) => string;
  /** Without a notification sound. */
  silent?: boolean;
}

export const COLOR = { digest: 0x2f7f79, alert: 0xd9822b, notice: 0x8a94a6, failed: 0xd9534f };
/** Longest texts that one story may bring, so that any story fits in a message whole. */
const MOST = {
  headline: 300,
  sentence: 420,
  change: 220,
  sources: 6,
  conflicts: 3,
  changes: 3,
  name: 48,
  links: 900,
  matches: 6,
};
/** The continued line and the Coverage button that a message may need. */
const FRAME = { components: 4, text: 160 };

/** Splits a digest or alert into messages within every limit of Discord, at the borders of its stories; pure. */
export function renderDigest(digest: Digest, options: DigestOptions): DiscordMessage[] {
  const packed = packUnits(digestUnits(digest), FRAME);
  const color = COLOR[digest.kind];
  return packed.map((units, index) => {
    const marker = options.marker(index);
    const buttons = units.flatMap((unit) => unit.buttons);
    const isLast = index === packed.length - 1;
    const continued =
      index > 0
        ? [{ type: ComponentType.TextDisplay as const, content: continuedLine(digest, index, packed.length) }]
        : [];
    // The marker must stand in every message, so one without a button of its own gets this one.
    const needsCoverage = !buttons.length || (isLast && digest.kind === 'digest');
    const coverage = needsCoverage ? buttonRows([coverageButton(digest.locale)]) : [];
    const components = mark([...continued, ...drawUnits(units), ...coverage], marker);
    return {
      payload: body([container(components, color)], options.silent),
      stories: units.flatMap((unit) => unit.stories),
    };
  });
}

/** A digest as the things that must not be parted: its heading, each story, a few lines of the lists. */
export function digestUnits(digest: Digest): Unit[] {
  return [headerUnit(digest), ...storyUnits(digest), ...listUnits(digest)];
}

/** A short message of ours. */
export function renderNotice(notice: Notice, locale: Locale, marker: string | null): DiscordMessage {
  const by = notice.by
    ? `\n-# ${fill(literal(notice.by.words, 200), { a: named(notice.by.person, '@') })}`
    : '';
  const text = `### ${literal(notice.title, 250)}\n${paragraphs(notice.text)}${by}`;
  const button = marker === null ? [] : mark(buttonRows([coverageButton(locale)]), marker);
  const components = [{ type: ComponentType.TextDisplay as const, content: text }, ...button];
  return { payload: body([container(components, COLOR.notice)]), stories: [] };
}

/** Flags and mentions of everything we post: only components, never a ping or an embed. */
export function body(
  components: RESTPostAPIChannelMessageJSONBody['components'],
  silent = false,
): RESTPostAPIChannelMessageJSONBody {
  const flags =
    MessageFlags.IsComponentsV2 |
    MessageFlags.SuppressEmbeds |
    (silent ? MessageFlags.SuppressNotifications : 0);
  return { flags, components, allowed_mentions: { parse: [] } };
}

/** A story with its badge, sentences, sources and buttons, always small enough for one message. */
export function storyUnit(story: DigestStory, locale: Locale, zone: string): Unit {
  const labels = labelsOf(locale);
  const kind = kindPrefix(story.kind, story.headline.text, locale);
  const seen = `<t:${Math.floor(story.firstSeen / 1000)}:f>`;
  const lines: Line[] = [
    { text: `\`${labels.badge[story.badge]}\` **${kind}${literal(story.headline.text, MOST.headline)}**` },
    ...story.changes.slice(0, MOST.changes).map((change, i) => ({
      text: `\\+ ${literal(changeLine(change, locale, zone), MOST.change)}`,
      spare: 10 + i,
    })),
    { text: story.sentences.map((quotation) => sentence(quotation, locale)).join(' ') },
    ...story.sentences
      .filter((quotation) => quotation.translation)
      .map(({ translation, source }, i) => ({
        text: `-# ${labels.machineTranslation}: ${literal(translation!, MOST.sentence)} ${cite({ source })}`,
        spare: 30 + i,
      })),
    ...story.conflicts.slice(0, MOST.conflicts).map((conflict, i) => {
      const who = `${literal(conflict.who, MOST.name)}${conflict.stateMedia ? ` (${labels.stateMedia})` : ''}`;
      const said = fill(labels.says, { a: who, b: `“${literal(conflict.sentence.text, MOST.change)}”` });
      return { text: `> ${said} ${cite(conflict.sentence)}`, spare: 20 + i };
    }),
    {
      text: story.onlyStateMedia
        ? `> ${fill(labels.onlyStateMedia, { a: literal(story.onlyStateMedia, MOST.name) })}`
        : '',
    },
    { text: `-# ${storyLine(story, locale, seen)}` },
    { text: `-# ${sourcesLine(story, locale)}` },
  ];
  return {
    text: fitLines(lines, LIMITS.text - FRAME.text - 120),
    buttons: storyButtons(story.storyId, locale),
    stories: [story.storyId],
  };
}

/** A line of a story; where room is short, the highest `spare` goes first, and lines without one stay. */
interface Line {
  text: string;
  spare?: number;
}

function fitLines(lines: readonly Line[], most: number): string {
  const kept = lines.filter((line) => line.text);
  const length = () => kept.reduce((sum, line) => sum + line.text.length + 1, 0);
  while (length() > most) {
    const worst = kept.reduce((a, b) => ((b.spare ?? 0) > (a.spare ?? 0) ? b : a));
    if (!worst.spare) break;
    kept.splice(kept.indexOf(worst), 1);
  }
  return kept.map((line) => line.text).join('\n');
}

/** Follow, Sources, Why. */
function storyButtons(story: number, locale: Locale): APIButtonComponentWithCustomId[] {
  const words = actionWords(locale);
  return [
    button(words.follow, { path: 'story follow', options: { story } }),
    button(words.sources, { path: 'story sources', options: { story } }),
    button(words.why, { path: 'why', options: { story } }),
  ];
}

function button(
  label: string,
  call: Call,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style,
    label,
    custom_id: encodeCustomId({ press: 'run', call, marker: null }),
  };
}

/** `[1] Sample Wire · wire.example`, each a link that names its domain. */
export function sourceLine(source: Source, number: number, locale: Locale): string {
  const labels = labelsOf(locale);
  const marks = [source.stateMedia ? labels.stateMedia : '', source.paywalled ? labels.paywalled : ''];
  const marked = marks.filter(Boolean).join(', ');
  return `\\[${number}\\]\u00a0${sourceLink(source.outlet, source.url, MOST.name)}${marked ? ` (${marked})` : ''}`;
}

function sourcesLine(story: DigestStory, locale: Locale): string {
  const { sources } = story;
  let room = MOST.links;
  const shown = listedSources(story, MOST.sources).map((i) => {
    const source = sources[i]!;
    const linked = sourceLine(source, i + 1, locale);
    const line = linked.length <= room ? linked : sourceLine({ ...source, url: null }, i + 1, locale);
    room -= line.length;
    return line;
  });
  const rest = sources.length - shown.length;
  return [...shown, ...(rest > 0 ? [fill(labelsOf(locale).more, { n: rest })] : [])].join('  ');
}

function headerUnit(digest: Digest): Unit {
  const labels = labelsOf(digest.locale);
  const at = `<t:${Math.floor(digest.at / 1000)}:f>`;
  const lines =
    digest.kind === 'alert'
      ? [`-# ${literal(digest.topic.title, 120)} · ${at}`]
      : [
          `## ${literal(digest.topic.title, 120)}`,
          `${at} · ${literal(windowLine(digest))}${digest.late ? ` · **${labels.late}**` : ''}`,
          `-# ${literal(coverageLine(digest), 600)}`,
        ];
  for (const match of digest.matches.slice(0, MOST.matches)) {
    const words = match.words.slice(0, 6).map((word) => literal(word, 40));
    const found = `${literal(match.query, 100)}${words.length ? ` → **${words.join('**, **')}**` : ''}`;
    lines.push(`-# ${matchLine(match, found, digest.locale)}`);
  }
  const rest = digest.matches.length - MOST.matches;
  if (rest > 0) lines.push(`-# ${fill(labels.more, { n: rest })}`);
  if (digest.notes.includes('llm')) lines.push(`-# ${labels.llm}`);
  if (digest.notes.includes('extractive-fallback')) lines.push(`-# ${labels.extractiveFallback}`);
  if (!digest.sections.length && !digest.alsoNoted.length && !digest.alerted.length)
    lines.push(quietLine(digest));
  return { text: lines.join('\n'), buttons: [], stories: [] };
}

function storyUnits(digest: Digest): Unit[] {
  return digest.sections.flatMap((section) =>
    section.stories.map((story, index) => {
      const unit = storyUnit(story, digest.locale, digest.zone);
      if (index > 0 || !section.theme.title) return unit;
      return { ...unit, divider: true, text: `### ${literal(section.theme.title, 100)}\n${unit.text}` };
    }),
  );
}

/** "Also noted" and "Alerted": a line for each story, in units of a few so that they split between lines. */
function listUnits(digest: Digest): Unit[] {
  const labels = labelsOf(digest.locale);
  const lists = [
    { title: labels.alsoNoted, stories: digest.alsoNoted },
    { title: labels.alerted, stories: digest.alerted },
  ];
  const units: Unit[] = [];
  for (const { title, stories } of lists) {
    for (let i = 0; i < stories.length; i += LINES_IN_UNIT) {
      const some = stories.slice(i, i + LINES_IN_UNIT);
      const heading = i === 0 ? `### ${title}\n` : '';
      const text = heading + some.map((story) => notedLine(story, digest.locale)).join('\n');
      units.push({ text, buttons: [], divider: i === 0, stories: some.map((story) => story.storyId) });
    }
  }
  return units;
}

const LINES_IN_UNIT = 3;

function notedLine(story: NotedStory, locale: Locale): string {
  const kind = kindPrefix(story.kind, story.headline.text, locale);
  return `- ${kind}${literal(story.headline.text, MOST.headline)} · ${sourceLink(story.source.outlet, story.source.url, MOST.name)}`;
}

function sentence(quotation: Quotation, locale: Locale): string {
  const tag = languageTag(quotation.language, locale);
  return `${literal(quotation.text, MOST.sentence)}${tag ? ` *(${tag})*` : ''}\u00a0${cite(quotation)}`;
}

function cite({ source, also = [] }: { source: number; also?: number[] }): string {
  return [source, ...also].map((index) => `\\[${index + 1}\\]`).join('');
}

/** The language of a sentence that is not the reader's, in the reader's words; '' where it is, or is unknown. */
function languageTag(language: string, locale: Locale): string {
  if (language === locale || language === 'und' || !/^[a-z]{2,3}$/.test(language)) return '';
  return new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;
}

function continuedLine(digest: Digest, index: number, total: number): string {
  const line = fill(actionWords(digest.locale).continued, { n: index + 1, m: total });
  return `-# ${literal(digest.topic.title, 80)} · ${line}`;
}

function coverageButton(locale: Locale): APIButtonComponentWithCustomId {
  return button(actionWords(locale).coverage, { path: 'tumen status', options: {} });
}

function paragraphs(text: string): string {
  return text
    .split('\n')
    .slice(0, 12)
    .map((line) => literal(line, 300))
    .join('\n');
}

/** The same components with the marker in each custom_id. */
function mark<T>(components: T[], marker: string): T[] {
  return JSON.parse(JSON.stringify(components), (key, value) =>
    key === 'custom_id' && typeof value === 'string' ? addMarker(value, marker) : value,
  ) as T[];
}
