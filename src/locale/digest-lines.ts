import type { Digest, DigestStory, Locale, SubscriptionMatch } from '../model/digest.ts';
import type { StoryChange } from '../model/story.ts';
import type { Kind } from '../model/topic.ts';
import { formatDay, formatShort } from './format-date.ts';
import { fill, formatNumber, labelsOf, plural } from './labels.ts';

const MOST_NAMES = 3;
const HOUR = 3_600_000;

/** `last 24 h`, or `since 18 Jun 08:00 KST` where the window is no whole number of hours up to two days. */
export function windowLine(digest: Digest): string {
  const labels = labelsOf(digest.locale);
  const hours = (digest.window.until - digest.window.since) / HOUR;
  if (hours <= 48 && Math.abs(hours - Math.round(hours)) < 0.05)
    return fill(labels.lastHours, { n: Math.round(hours) });
  return fill(labels.since, { a: formatShort(digest.locale, digest.zone, digest.window.since) });
}

/** `212 articles → 9 stories · 38 of 41 feeds read (silent: Sample Daily ru, 2 more)`: a quiet day and a broken one never look alike. */
export function coverageLine(digest: Digest): string {
  const { locale, coverage } = digest;
  const labels = labelsOf(locale);
  const faults = [
    coverage.failing.length
      ? fill(labels.failing, {
          names: someNames(
            locale,
            coverage.failing.map((feed) => feed.name),
          ),
        })
      : '',
    coverage.silent.length ? fill(labels.silent, { names: someNames(locale, coverage.silent) }) : '',
  ].filter(Boolean);
  const read = fill(labels.feedsRead, {
    read: formatNumber(locale, coverage.feedsRead),
    total: formatNumber(locale, coverage.feedsTotal),
  });
  const counts = `${plural(locale, labels.articles, coverage.articles)} → ${plural(locale, labels.stories, coverage.stories)}`;
  return `${counts} · ${read}${faults.length ? ` (${faults.join('; ')})` : ''}`;
}

/** What stands where a digest has no story: nothing new, or nothing read. */
export function quietLine(digest: Digest): string {
  const labels = labelsOf(digest.locale);
  return digest.coverage.feedsTotal > 0 && digest.coverage.feedsRead === 0 ? labels.noFeeds : labels.quiet;
}

/** `31 reports · 6 origins · first seen 19 Jun 15:12 KST · story 4`: commands take the number; platforms that show times in the reader's zone pass their own. */
export function storyLine(story: DigestStory, locale: Locale, firstSeen: string): string {
  const labels = labelsOf(locale);
  return [
    plural(locale, labels.reports, story.reports),
    plural(locale, labels.origins, story.origins),
    fill(labels.firstSeen, { a: firstSeen }),
    fill(labels.story, { n: story.storyId }),
  ].join(' · ');
}

/** `Opinion: ` before a headline that does not say so itself; '' for reports. */
export function kindPrefix(kind: Kind, headline: string, locale: Locale): string {
  if (kind === 'report' || SAYS_ITS_KIND.test(headline)) return '';
  return `${labelsOf(locale)[kind]}: `;
}

/** Outlets mark such pieces in their titles: `Analysis: …`, `[사설] …`, `Opinion | …`. */
const SAYS_ITS_KIND =
  /^(?:\[[^\]]{1,12}\]|【[^】]{1,12}】|<[^>]{1,12}>|(?:opinion|analysis|editorial|comment(?:ary)?|explainer|statement|round-?up|мнение|анализ|колонка|заявление|社説|社评|评论)\s*[:|–—])/iu;

/** `+ new figure: "10,000 containers" (was: "7,000 containers", 18 Mar)` without the plus sign. */
export function changeLine(change: StoryChange, locale: Locale, zone: string): string {
  const { change: labels } = labelsOf(locale);
  const quoted = change.kind === 'origin' || change.kind === 'name' || change.kind === 'place';
  const values = {
    a: quoted ? change.now : `“${change.now}”`,
    b: `“${change.was ?? ''}”`,
    t: change.wasAt === undefined ? '' : formatDay(locale, zone, change.wasAt),
  };
  const template =
    change.was !== undefined && (change.kind === 'figure' || change.kind === 'correction')
      ? labels[`${change.kind}Was`]
      : labels[change.kind];
  return fill(template, values).replace(', )', ')');
}

/** Why an alert came: the query with what it found, as the platform draws it; or the story that is followed. */
export function matchLine({ storyId }: SubscriptionMatch, found: string, locale: Locale): string {
  const labels = labelsOf(locale);
  return storyId === undefined ? fill(labels.matched, { a: found }) : fill(labels.followed, { n: storyId });
}

function someNames(locale: Locale, names: string[]): string {
  // One name is not worth a "1 more".
  if (names.length <= MOST_NAMES + 1) return names.join(', ');
  const rest = fill(labelsOf(locale).more, { n: formatNumber(locale, names.length - MOST_NAMES) });
  return `${names.slice(0, MOST_NAMES).join(', ')}, ${rest}`;
}
