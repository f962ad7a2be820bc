import { formatDay } from '../../locale/format-date.ts';
import { localeOf } from '../../locale/labels.ts';
import type { Notice, PartAction } from '../../model/delivery.ts';
import type { Digest } from '../../model/digest.ts';
import type { Destination } from '../../model/schedule.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import type { PlannedPart } from '../platform.ts';
import { LIMITS } from './limits.ts';
import { type DiscordMessage, renderDigest, renderNotice } from './render-digest.ts';

/**
 * The calls that bring a digest or notice to a destination, in order: one message after the other; in a forum a
 * new post and its further messages in it; for an announcement channel that publishes, the cross-posts last,
 * since Discord allows few of them an hour and the news should not wait for that.
 */
export function planDelivery(
  content: Digest | Notice,
  destination: Destination,
  marker: (index: number) => string,
): PlannedPart[] {
  const messages =
    content.kind === 'notice'
      ? [renderNotice(content, localeOf(destination.languages), marker(0))]
      : renderDigest(content, { marker, silent: destination.silent });
  const parts: PlannedPart[] = messages.map((message, index) => ({
    action: actionOf(message, index, content, destination),
    marker: marker(index),
    stories: message.stories,
  }));
  if (destination.kind === 'announcement' && destination.crosspost && content.kind !== 'notice')
    for (let of = 0; of < messages.length; of++)
      parts.push({ action: { kind: 'crosspost', of }, marker: marker(parts.length), stories: [] });
  return parts;
}

function actionOf(
  message: DiscordMessage,
  index: number,
  content: Digest | Notice,
  destination: Destination,
): PartAction {
  if (destination.kind !== 'forum') return { kind: 'message', payload: message.payload };
  if (index > 0) return { kind: 'message', payload: message.payload, inThreadOf: 0 };
  return { kind: 'forum-post', title: forumTitle(content), payload: message.payload };
}

/** `Russia–North Korea · 20 Jun`; an alert's post is named after its story. */
function forumTitle(content: Digest | Notice): string {
  const first = content.kind === 'alert' ? content.sections[0]?.stories[0]?.headline.text : undefined;
  const title =
    content.kind === 'notice'
      ? content.title
      : (first ?? `${content.topic.title} · ${formatDay(content.locale, content.zone, content.at)}`);
  // A forum's title is plain text that Discord does not format; mentions in it are not resolved.
  return clip(inertText(title), LIMITS.forumTitle) || '–';
}
