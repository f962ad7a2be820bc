import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import type { Destination, Schedule, UpdateMode } from '../model/schedule.ts';
import type { ChannelDescription } from '../platforms/platform.ts';
import type { NewDestination } from '../store/store.ts';
import type { Actor, Options, Reply } from './command.ts';
import type { DigestDeps } from './digest-deps.ts';
import { MOST_TAGS, readTags, typeable } from './forum-tags.ts';
import { refuse } from './say.ts';

/** The channel that a schedule posts in, as it is to be from now on. */
export type Place = Omit<NewDestination, 'languages' | 'zone' | 'setUpBy'>;

interface Asked {
  channelId: string;
  options: Options;
  actor: Actor;
  updates: UpdateMode;
  /** What is known of the channel from before. */
  before: Destination | null;
}

type Refusal = Reply & { failed: true };

/** What the options ask for in this channel; a refusal in words where it cannot be had there. */
export async function choosePlace(
  { describeChannel }: Pick<DigestDeps, 'describeChannel'>,
  asked: Asked,
): Promise<{ place: Place } | Refusal> {
  const { channelId, options, actor, before } = asked;
  const words = scheduleWords(actor.locale);
  const no = (...lines: string[]): Refusal => ({ ...refuse(actor, lines), failed: true });
  const channel = await describeChannel(actor, channelId);
  if (!channel) return no(fill(words.noChannel, { a: '#news' }));
  if (channel.missing.length) return no(fill(words.lacks, { a: channel.missing.join(', ') }));
  if (asked.updates === 'thread' && channel.missingForThreads?.length)
    return no(fill(words.lacksForThreads, { a: channel.missingForThreads.join(', ') }));
  const kind = kindFor(options, actor, channel.kind, before?.kind);
  if (options.publish === true && kind !== 'announcement')
    return no(fill(words.noAnnouncement, { a: channel.name ?? words.thisChannel }));
  const tags = chooseTags(asked, channel);
  if ('failed' in tags) return tags;
  return {
    place: {
      platform: actor.platform,
      scope: actor.scope,
      target: channelId,
      kind,
      name: channel.name,
      silent: (options.silent as boolean | undefined) ?? before?.silent ?? false,
      crosspost: (options.publish as boolean | undefined) ?? before?.crosspost ?? false,
      tags,
    },
  };
}

function chooseTags(asked: Asked, channel: ChannelDescription): string[] | Refusal {
  const { options, actor, before } = asked;
  const words = scheduleWords(actor.locale);
  const known = channel.tags ?? [];
  const typed = options.tags === undefined ? null : String(options.tags);
  /** Goes on from here with these tags. */
  const withTags = (label: string, tags: string) => ({
    label,
    call: { path: 'digest schedule', options: { ...options, tags } },
  });
  const no = (lines: string[], actions: ReturnType<typeof withTags>[] = []): Refusal => ({
    ...refuse(actor, lines, actions),
    failed: true,
  });
  const names = known.map(({ name }) => name).join(', ');
  if (typed !== null) {
    if (channel.kind !== 'forum') return no([fill(words.noForum, { a: channel.name ?? words.thisChannel })]);
    const read = readTags(typed, known);
    if ('tooMany' in read) return no([fill(words.tooManyTags, { a: MOST_TAGS, b: read.tooMany })]);
    if ('unknown' in read) {
      const { unknown, suggestion } = read;
      const mended = suggestion && typed.replace(unknown, suggestion);
      return no(
        [
          names ? fill(words.unknownTag, { a: unknown, b: names }) : words.noTags,
          suggestion ? fill(words.didYouMean, { a: suggestion }) : '',
        ],
        mended ? [withTags(mended, mended)] : [],
      );
    }
    if (read.tags.length || !channel.needsTag) return read.tags.map(({ id }) => id);
  }
  // A tag that the forum has no more would be refused at every post.
  const kept = (before?.tags ?? []).filter(
    (id) => channel.kind !== 'forum' || known.some((tag) => tag.id === id),
  );
  if (!channel.needsTag || kept.length) return kept;
  return no(
    [fill(words.needsTag, { a: names || '–' })],
    known.slice(0, MOST_TAGS).map((tag) => withTags(tag.name, typeable(tag))),
  );
}

/** On Slack a channel may want each digest in a thread of its own; Discord's threads are channels. */
function kindFor(
  { thread }: Options,
  actor: Actor,
  kind: Destination['kind'],
  before: Destination['kind'] | undefined,
): Destination['kind'] {
  if (actor.platform !== 'slack') return kind;
  return thread === undefined ? (before ?? kind) : thread ? 'thread' : 'text';
}

/** A schedule of this server or workspace with where it posts; null where there is none of that number. */
export async function findSchedule(
  store: DigestDeps['store'],
  actor: Actor,
  id: number,
): Promise<{ schedule: Schedule; destination: Destination } | null> {
  const schedule = await store.schedules.get(id);
  const destination = schedule && (await store.destinations.get(schedule.destinationId));
  return schedule && destination?.scope === actor.scope ? { schedule, destination } : null;
}

/** Names of the tags that a forum's posts get; asked of the platform only where there are any. */
export async function tagNamesOf(
  { describeChannel }: Pick<DigestDeps, 'describeChannel'>,
  actor: Actor,
  destination: Pick<Destination, 'target' | 'tags'>,
): Promise<string[]> {
  if (!destination.tags.length) return [];
  const known = (await describeChannel(actor, destination.target))?.tags ?? [];
  return destination.tags.map((id) => known.find((tag) => tag.id === id)?.name ?? id);
}
