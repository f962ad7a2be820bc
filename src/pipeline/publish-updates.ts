import { markersOf } from '../deliveries/markers.ts';
import { buildStoryDigest } from '../digests/build-digest.ts';
import { collectStories } from '../digests/collect-stories.ts';
import type { Part, PartAction, Shown } from '../model/delivery.ts';
import type { Digest, DigestStory } from '../model/digest.ts';
import type { Destination, Schedule } from '../model/schedule.ts';
import type { PlannedPart, Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import { storyChanges } from '../stories/story-changes.ts';
import { eachByItself } from './each-by-itself.ts';
import { makeDelivery } from './make-delivery.ts';
import type { PublishDeps } from './publish-digests.ts';

const LEASE_MS = 60_000;
/** How far back a shown story may get an update where it stands; later it is for the next digest. */
const REACH_MS = 3 * 86_400_000;
/** Between two updates of one story in one place: reports come by the dozen. */
const APART_MS = 30 * 60_000;
/** An update that could not go out for so long is for the next digest. */
const EXPIRES_MS = 3 * 3_600_000;
/** Deliveries looked through for the one whose message is edited. */
const MOST_DELIVERIES = 100;

type UpdateDeps = Omit<PublishDeps, 'graceMs'>;

/**
 * For schedules that do not leave updates to the next digest: a changed story edits the message that shows it, or
 * gets a reply under it. One instance at a time. @returns deliveries made
 */
export async function publishUpdates(deps: UpdateDeps, now: number, signal?: AbortSignal): Promise<number> {
  const { store, publishers, owner } = deps;
  if (!(await store.leases.acquire('updates', owner, LEASE_MS, now))) return 0;
  let made = 0;
  await eachByItself(await store.schedules.list(), signal, async (schedule) => {
    if (schedule.updates === 'digest' || schedule.paused) return;
    const destination = await store.destinations.get(schedule.destinationId);
    const publisher = destination && publishers.get(destination.platform);
    if (!destination || destination.paused || !publisher) return;
    // One change of a message at a time: the next one is drawn over it.
    const touched = new Set<string>();
    for (const shown of await changeable(store, destination, now)) {
      if (touched.has(shown.message!.messageId)) continue;
      if (!(await publishUpdate(deps, { schedule, destination, publisher, shown, now }, signal))) continue;
      touched.add(shown.message!.messageId);
      made++;
    }
  });
  return made;
}

interface UpdateJob {
  schedule: Schedule;
  destination: Destination;
  publisher: Publisher;
  shown: Shown;
  now: number;
}

/** Stories that stand in a message here, have a new revision, and that nothing under way is telling. */
async function changeable(store: Store, destination: Destination, now: number): Promise<Shown[]> {
  const active = new Map((await store.stories.active(now - REACH_MS, now)).map((story) => [story.id, story]));
  const shown = await store.deliveries.shown(destination.id, [...active.keys()]);
  const recent = shown.filter(
    ({ storyId, storyRevision, message, at }) =>
      message !== null && at <= now - APART_MS && active.get(storyId)!.revision > storyRevision,
  );
  if (!recent.length) return [];
  const underWay = new Set<number>();
  const edited = new Set<string>();
  for (const state of ['pending', 'sending', 'uncertain'] as const)
    for (const { id, kind, content } of await store.deliveries.list({
      destinationId: destination.id,
      state,
      limit: MOST_DELIVERIES,
    })) {
      if (content.kind !== 'notice') for (const memory of content.memory) underWay.add(memory.storyId);
      if (kind !== 'update') continue;
      for (const { action } of (await store.deliveries.get(id))?.parts ?? [])
        if ('messageId' in action) edited.add(action.messageId);
    }
  return recent.filter(({ storyId, message }) => !underWay.has(storyId) && !edited.has(message!.messageId));
}

async function publishUpdate(deps: UpdateDeps, job: UpdateJob, signal?: AbortSignal): Promise<boolean> {
  const { store, log } = deps;
  const { destination, shown, now } = job;
  const content = await updateOf(deps, job, signal);
  const [story] = content?.sections.flatMap((section) => section.stories) ?? [];
  if (!content || !story) return false;
  const key = `update:${destination.id}:${story.storyId}.${story.storyRevision}`;
  const part = await partOf(deps, job, content, story, markersOf(key)(0));
  const made = { kind: 'update' as const, destinationId: destination.id, key, content };
  const delivery = await makeDelivery(store, made, [part], now, EXPIRES_MS);
  if (delivery)
    log.info({ destination: destination.id, story: shown.storyId, how: part.action.kind }, 'update made');
  return delivery !== null;
}

/** What has changed in the story since it was shown here; null where nothing has. */
async function updateOf(
  { store, topics, summarizer }: UpdateDeps,
  { schedule, destination, shown, now }: UpdateJob,
  signal?: AbortSignal,
): Promise<Digest | null> {
  const wanted = topics.filter((topic) => schedule.topics.includes(topic.slug));
  const seen = { scope: destination.scope, topics: wanted.map((topic) => topic.slug), until: now };
  const [story] = await collectStories(store, [shown.storyId], seen);
  if (!story || story.muted || storyChanges(shown, story.reports).badge === 'UNCHANGED') return null;
  return buildStoryDigest(
    shown.storyId,
    {
      destinationId: destination.id,
      scope: destination.scope,
      languages: destination.languages,
      zone: schedule.zone,
      topics: wanted,
      sentences: schedule.sentences,
      window: { since: shown.at, until: now },
      at: now,
      late: false,
      matches: [],
    },
    { store, summarizer, signal },
  );
}

async function partOf(
  { store }: UpdateDeps,
  { schedule, destination, publisher, shown }: UpdateJob,
  content: Digest,
  story: DigestStory,
  marker: string,
): Promise<PlannedPart> {
  const message = shown.message!;
  const edited =
    schedule.updates === 'edit'
      ? await editedMessage(store, destination, publisher, message, story, marker)
      : null;
  if (edited)
    return { action: { kind: 'edit', ...message, payload: edited }, marker, stories: [story.storyId] };
  const [planned] = publisher.plan(content, destination, () => marker);
  const payload = payloadOf(planned!.action);
  return { action: { kind: 'reply', ...message, payload }, marker, stories: [story.storyId] };
}

/**
 * The message as it stands with the changed story in it. Null where it cannot be drawn again in its place: the
 * delivery is gone, or the story has grown so that the message would show others than it does.
 */
async function editedMessage(
  store: Store,
  destination: Destination,
  publisher: Publisher,
  message: { messageId: string },
  story: DigestStory,
  marker: string,
): Promise<unknown> {
  const sent = await store.deliveries.list({
    destinationId: destination.id,
    state: 'sent',
    limit: MOST_DELIVERIES,
  });
  // The newest telling of each story in the message: earlier edits of its neighbours stay.
  const latest = new Map([[story.storyId, story]]);
  for (const { id, content } of sent) {
    if (content.kind === 'notice') continue;
    const part = (await store.deliveries.get(id))?.parts.find((one) => one.messageId === message.messageId);
    if (!part) continue;
    const stories = content.sections.flatMap((section) => section.stories);
    for (const one of stories) if (!latest.has(one.storyId)) latest.set(one.storyId, one);
    if (part.action.kind === 'edit') continue;
    if (part.action.kind === 'reply') return null;
    // Where the message is full, what has changed matters more than the rest of its story.
    for (const now of [story, { ...story, sentences: story.sentences.slice(0, 1), conflicts: [] }]) {
      latest.set(story.storyId, now);
      const sections = content.sections.map((section) => ({
        ...section,
        stories: section.stories.map((one) => latest.get(one.storyId) ?? one),
      }));
      const payload = redrawn(publisher, destination, { ...content, sections }, part, marker);
      if (payload) return payload;
    }
    return null;
  }
  return null;
}

/** The part with what is new in it, as it stood or, where it has grown out of its place, by itself. */
function redrawn(
  publisher: Publisher,
  destination: Destination,
  content: Digest,
  part: Pick<Part, 'index' | 'stories'>,
  marker: string,
): unknown {
  const same = JSON.stringify(part.stories);
  const again = publisher.plan(content, destination, () => marker)[part.index];
  if (again && JSON.stringify(again.stories) === same) return payloadOf(again.action);
  const inPart = ({ storyId }: { storyId: number }) => part.stories.includes(storyId);
  const alone: Digest = {
    ...content,
    sections: content.sections
      .map((section) => ({ ...section, stories: section.stories.filter(inPart) }))
      .filter((section) => section.stories.length > 0),
    alsoNoted: content.alsoNoted.filter(inPart),
    alerted: content.alerted.filter(inPart),
  };
  const [only, ...more] = publisher
    .plan(alone, destination, () => marker)
    .filter(({ action }) => 'payload' in action);
  return only && !more.length && JSON.stringify(only.stories) === same ? payloadOf(only.action) : null;
}

function payloadOf(action: PartAction): unknown {
  return 'payload' in action ? action.payload : null;
}
