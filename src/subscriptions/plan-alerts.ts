import type { PendingAlert, Subscription } from '../model/subscription.ts';

/** An instant alert waits so long, ms, for the reprints that come with it and for the person's other subscriptions. */
const SETTLE_MS = 20_000;
/** After one instant alert the next ones of the same destination gather for so long, ms: a burst is one message. */
const GATHER_MS = 3 * 60_000;
/** Local time of day of `daily` alerts without quiet hours; with them, their end. Minutes of the day. */
const DAILY_AT = 8 * 60;

type Timing = Pick<Subscription, 'mode' | 'quietHours' | 'zone'>;

/** When what matched at `now` may go out, ms UTC: the mode's next moment, moved out of the quiet hours. */
export function alertDueAt({ mode, quietHours, zone }: Timing, now: number): number {
  const quiet = quietHours && quietHours.start !== quietHours.end ? quietHours : null;
  const local = (at: number): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const due =
    mode === 'instant'
      ? now + SETTLE_MS
      : mode === 'hourly'
        ? local(now).round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
            .epochMilliseconds
        : nextTimeOfDay(local(now), quiet?.end ?? DAILY_AT);
  if (!quiet) return due;
  const at = local(due);
  const minute = at.hour * 60 + at.minute;
  const isQuiet =
    quiet.start < quiet.end
      ? minute >= quiet.start && minute < quiet.end
      : minute >= quiet.start || minute < quiet.end;
  return isQuiet ? nextTimeOfDay(at, quiet.end) : due;
}

/** The next moment after `from` at which the local clock shows this minute of the day. */
function nextTimeOfDay(from: Temporal.ZonedDateTime, minuteOfDay: number): number {
  const time = { hour: Math.floor(minuteOfDay / 60) % 24, minute: minuteOfDay % 60 };
  const today = from.toPlainDate().toZonedDateTime({ timeZone: from.timeZoneId, plainTime: time });
  const next =
    Temporal.ZonedDateTime.compare(today, from) > 0
      ? today
      : from.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: from.timeZoneId, plainTime: time });
  return next.epochMilliseconds;
}

/** What one destination is told of one story: every subscription that wanted it, with its words. */
export interface StoryAlert {
  storyId: number;
  articleIds: number[];
  /** The pending alerts that it settles. */
  alertIds: number[];
  matches: { subscription: Subscription; words: string[] }[];
}

/** One message to be. */
export interface AlertBatch {
  destinationId: number;
  stories: StoryAlert[];
}

/**
 * Joins what is due into one message for each destination, the same story once with all its subscriptions.
 * A destination that had an alert just now waits a little and then gets all that gathered. Alerts of
 * subscriptions that are gone or paused settle without a message: their ids come back as `dropped`.
 */
export function planAlerts(
  due: readonly PendingAlert[],
  subscriptions: ReadonlyMap<number, Subscription>,
  now: number,
): { batches: AlertBatch[]; dropped: number[] } {
  const dropped: number[] = [];
  const batches = new Map<number, AlertBatch>();
  for (const alert of due) {
    const subscription = subscriptions.get(alert.subscriptionId);
    if (!subscription || subscription.paused) {
      dropped.push(alert.id);
      continue;
    }
    const { destinationId } = subscription;
    const batch = batches.get(destinationId) ?? { destinationId, stories: [] };
    batches.set(destinationId, batch);
    addToStory(batch, alert, subscription);
  }
  const lastAlert = new Map<number, number>();
  for (const { destinationId, lastAlertAt } of subscriptions.values())
    lastAlert.set(destinationId, Math.max(lastAlert.get(destinationId) ?? 0, lastAlertAt ?? 0));
  const ready = [...batches.values()].filter(
    ({ destinationId }) => now - (lastAlert.get(destinationId) ?? 0) >= GATHER_MS,
  );
  return { batches: ready, dropped };
}

function addToStory(batch: AlertBatch, alert: PendingAlert, subscription: Subscription): void {
  let story = batch.stories.find((s) => s.storyId === alert.storyId);
  if (!story) {
    story = { storyId: alert.storyId, articleIds: [], alertIds: [], matches: [] };
    batch.stories.push(story);
  }
  story.alertIds.push(alert.id);
  if (!story.articleIds.includes(alert.articleId)) story.articleIds.push(alert.articleId);
  const match = story.matches.find((m) => m.subscription.id === subscription.id);
  if (match) match.words = [...new Set([...match.words, ...alert.words])];
  else story.matches.push({ subscription, words: [...alert.words] });
}
