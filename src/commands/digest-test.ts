import { markersOf } from '../deliveries/markers.ts';
import { buildDigest } from '../digests/build-digest.ts';
import { fill, localeOf } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Digest } from '../model/digest.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import type { Command, CommandContext } from './command.ts';
import { describeSchedule } from './describe-schedule.ts';
import type { DigestDeps } from './digest-deps.ts';
import { scheduleOption } from './digest-pause.ts';
import { refuse, say, text } from './say.ts';
import { choosePlace, findSchedule } from './schedule-place.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A test that could not go out for so long says nothing any more. */
const EXPIRES_MS = 15 * MINUTE;
const PATH = 'digest test';

/**
 * Sends the digest of the last day to where a schedule posts, by the same way as the real one: what is missing there
 * shows now. Nothing of it counts as shown, and it is never published to followers.
 */
export function testCommand(deps: DigestDeps): Command {
  const { store } = deps;
  return {
    path: ['digest', 'test'],
    names: { en: 'test', ko: '시험', ru: 'проба' },
    description: {
      en: 'Post a test where a schedule posts',
      ko: '예약된 곳에 시험 게시물을 올립니다',
      ru: 'Опубликовать пробу там, куда придёт сводка',
    },
    options: [scheduleOption(deps, false)],
    right: 'manage',
    personal: false,
    examples: ['/digest test', '/digest test schedule:3'],
    async run(options, context) {
      const { actor, now } = context;
      const words = scheduleWords(actor.locale);
      const found = await chosen(options.schedule, context);
      if (!found) return await which(options.schedule, context);
      const { schedule, destination } = found;
      const asked = { channelId: destination.target, options: {}, actor, before: destination };
      const place = await choosePlace(deps, { ...asked, updates: schedule.updates });
      if ('failed' in place) return place;
      // What was missing is there now: the test, and what comes after it, may go out.
      if (destination.paused) await store.destinations.pause(destination.id, null);
      const digest = await testDigest(schedule, destination, context);
      const key = `test:${schedule.id}:${Math.floor(now / MINUTE)}`;
      const parts = deps.planDelivery(digest, { ...destination, crosspost: false }, markersOf(key));
      if (!parts) return refuse(actor, [fill(words.noChannel, { a: '#news' })]);
      const made = await store.deliveries.create(
        {
          kind: 'notice',
          destinationId: destination.id,
          scheduleId: null,
          slotId: null,
          key,
          createdAt: now,
          dueAt: now,
          expiresAt: now + EXPIRES_MS,
          content: digest,
          cutoff: null,
        },
        parts.map((part, index) => ({ index, ...part })),
      );
      const name = destination.name ?? words.thisChannel;
      return say(
        actor,
        [text({ strong: fill(words.testOnItsWay, { a: name }) }), text(words.testMeans)],
        made ? { changed: { object: `schedule ${schedule.id} (${name})`, detail: 'test' } } : {},
      );
    },
  };

  /** The one that is named; else the only one of this channel, or of this server. */
  async function chosen(id: unknown, { actor }: CommandContext) {
    if (id !== undefined) return await findSchedule(store, actor, Number(id));
    const here = actor.channelId && (await store.destinations.find(actor.platform, actor.channelId));
    const inChannel = here ? await store.schedules.list({ destinationId: here.id }) : [];
    const list = inChannel.length ? inChannel : await store.schedules.list({ scope: actor.scope });
    return list.length === 1 ? await findSchedule(store, actor, list[0]!.id) : null;
  }

  async function which(id: unknown, { actor }: CommandContext) {
    const words = scheduleWords(actor.locale);
    if (id !== undefined) return refuse(actor, [fill(words.noSuch, { a: Number(id) })]);
    const schedules = await store.schedules.list({ scope: actor.scope });
    if (!schedules.length)
      return refuse(
        actor,
        [words.none],
        [{ label: words.makeOne, call: { path: 'digest schedule', options: {} }, form: true }],
      );
    const places = new Map((await store.destinations.list(actor.scope)).map((one) => [one.id, one]));
    return say(actor, [
      { kind: 'heading', text: words.whichSchedule },
      {
        kind: 'actions',
        actions: schedules.slice(0, 10).map((schedule) => ({
          label: describeSchedule(
            schedule,
            places.get(schedule.destinationId) ?? null,
            actor.locale,
            deps.topics,
          ),
          call: { path: PATH, options: { schedule: schedule.id } },
        })),
      },
    ]);
  }

  async function testDigest(
    schedule: Schedule,
    destination: Destination,
    { now, signal }: CommandContext,
  ): Promise<Digest> {
    const digest = await buildDigest(
      {
        destinationId: null,
        scope: destination.scope,
        languages: destination.languages,
        zone: schedule.zone,
        topics: schedule.topics.flatMap((slug) => deps.topics.find((topic) => topic.slug === slug) ?? []),
        themes: schedule.themes,
        length: schedule.length,
        sentences: schedule.sentences,
        window: { since: now - 24 * HOUR, until: now },
        at: now,
        late: false,
      },
      { store, summarizer: deps.summarizer, signal },
    );
    const { testTitle } = scheduleWords(localeOf(destination.languages));
    const title = fill(testTitle, { a: digest.topic.title });
    return { ...digest, topic: { ...digest.topic, title }, memory: [], leftOut: [] };
  }
}
