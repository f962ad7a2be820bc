import type { Article, NewArticle } from '../model/article.ts';
import type { AuditEntry, ScopeSettings } from '../model/audit.ts';
import type { Delivery, DeliveryState, Lease, Part, Shown } from '../model/delivery.ts';
import type { Feed, PollState } from '../model/feed.ts';
import type { Outlet } from '../model/outlet.ts';
import type { Destination, Pause, Schedule, Slot } from '../model/schedule.ts';
import type { Scope } from '../model/scope.ts';
import type { Story, StoryEdit, StoryMember } from '../model/story.ts';
import type { PendingAlert, Subscription } from '../model/subscription.ts';
import type { Verdict } from '../model/topic.ts';

/**
 * Everything that lasts. Async on every database; times are ms UTC; lists come back in the order their
 * docstring names, the same on SQLite and Postgres.
 */
export interface Store {
  readonly outlets: Outlets;
  readonly feeds: Feeds;
  readonly articles: Articles;
  readonly verdicts: Verdicts;
  readonly stories: Stories;
  readonly destinations: Destinations;
  readonly schedules: Schedules;
  readonly deliveries: Deliveries;
  readonly subscriptions: Subscriptions;
  readonly search: SearchIndex;
  readonly settings: Settings;
  readonly labels: Labels;
  readonly leases: Leases;
  readonly longCalls: LongCalls;
  readonly meta: Meta;

  /**
   * Runs `work` in one transaction on a store bound to it: all or nothing. Inside it use that store only (any other
   * use of this one throws) and wait for nothing but the store. A transaction asked of that store is part of this one.
   */
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Outlets {
  /** Inserts or updates by slug. */
  save(outlet: Omit<Outlet, 'id'>): Promise<Outlet>;
  /** By slug. */
  list(): Promise<Outlet[]>;
}

type NewFeed = Pick<Feed, 'url' | 'scope' | 'outletId' | 'title' | 'language' | 'fullText'> & {
  nextPollAt: number;
};

/** A feed whose turn has come; `target` is where it led when it was last asked, if that is another address. */
export interface DueFeed {
  id: number;
  url: string;
  target: string | null;
}

export interface Feeds {
  /** Unique by (scope, URL): adding twice returns the first. */
  add(feed: NewFeed): Promise<{ feed: Feed; added: boolean }>;
  update(
    id: number,
    change: Partial<Pick<Feed, 'url' | 'title' | 'language' | 'fullText' | 'outletId'>>,
  ): Promise<void>;
  remove(id: number): Promise<void>;
  get(id: number): Promise<Feed | null>;
  /** All feeds of these scopes (all feeds where omitted), by id. */
  list(scopes?: Scope[]): Promise<Feed[]>;
  /** Feeds that fell due in `(after, now]` and that nobody holds, the longest due first; all where `after` is null. */
  due(after: number | null, now: number): Promise<DueFeed[]>;
  /** Leases those of these feeds that are still due and that nobody holds, so that instances share the work. By id. */
  claim(ids: number[], now: number, owner: string, leaseMs: number): Promise<Feed[]>;
  /** Extends the leases that `owner` still holds on these feeds. */
  renew(ids: number[], owner: string, until: number): Promise<void>;
  /** Sets when feeds are asked next, all in one transaction. */
  reschedule(turns: { id: number; nextPollAt: number }[]): Promise<void>;
  /** Moves a feed to another address. False, and nothing is changed, where its scope has a feed there. */
  relocate(id: number, url: string, movedFrom: string | null): Promise<boolean>;
  /** Writes the poll state and gives the lease back. */
  finishPoll(id: number, poll: PollState): Promise<void>;
  releaseAll(owner: string): Promise<void>;
}

/** What became of an entry: a forgotten one has no article any more. */
export type IngestResult =
  | { article: Article; outcome: 'new' | 'revised' | 'known' }
  | { article: null; outcome: 'forgotten' };

/** Which articles are worth a look at their pages. */
export interface FullTextWish {
  now: number;
  /** Published since. */
  since: number;
  /** Characters: a longer text is no teaser. */
  shorterThan: number;
  /** Tries in vain after which a page is left in peace. */
  mostTries: number;
  limit: number;
}

export interface Articles {
  /**
   * Stores the entries of one poll by identity, in one transaction: new articles get the next ingest sequence,
   * a changed title or text is a new revision with a new sequence, everything else only moves `last seen`.
   * An entry with a known (feed, guid) or (feed, URL) is the same article whatever else changed.
   * Identities that retention removed are `forgotten` and not stored. Results stand in the order given.
   */
  ingest(feedId: number, articles: NewArticle[], now: number): Promise<IngestResult[]>;
  /** Replaces the text by the full text of the page: a revision. An empty text marks the page as read, and changes nothing. */
  enrich(id: number, text: string, now: number): Promise<Article>;
  get(id: number): Promise<Article | null>;
  getMany(ids: number[]): Promise<Article[]>;
  byUrl(url: string): Promise<Article | null>;
  /** Earlier texts of an article, oldest first, the present one last. */
  revisions(id: number): Promise<{ revision: number; title: string; text: string; at: number }[]>;
  /** Articles with `after < sequence`, by sequence. */
  since(after: number, limit: number): Promise<Article[]>;
  /** Articles of an ingest-time window `(since, until]` visible to the scopes: how many. */
  count(since: number, until: number, scopes: Scope[]): Promise<number>;
  /** Which of these articles no feed but these carries: a server that has paused the feeds does not see them. */
  onlyFrom(ids: number[], feedIds: number[]): Promise<number[]>;
  /** When the oldest article that is still kept was first seen by these scopes; null where there is none. */
  oldest(scopes: Scope[]): Promise<number | null>;
  /** Highest sequence given so far, 0 at first. */
  lastSequence(): Promise<number>;
  /** Relevant articles whose feed wants full text and that have a teaser only, newest first. */
  wantingFullText(wish: FullTextWish): Promise<Article[]>;
  /** Counts a try in vain to read the page of an article. @param after when it may be tried again */
  noteUnreadPage(id: number, after: number): Promise<void>;
  /** Removes articles ingested before `before` that no live story holds; keeps the hashes of their identities. */
  forget(before: number, limit: number): Promise<number>;
  /** Drops identity hashes that no feed has carried since `before`. */
  forgetIdentities(before: number): Promise<number>;
}

export interface StoredVerdict extends Verdict {
  articleId: number;
  revision: number;
}

export interface Verdicts {
  save(articleId: number, revision: number, verdicts: Verdict[]): Promise<void>;
  /** Many at once, one transaction. */
  saveMany(verdicts: StoredVerdict[]): Promise<void>;
  /** Of the present revision, by topic. */
  of(articleId: number): Promise<StoredVerdict[]>;
  /** Of the present revisions of these articles, for one topic; their reasons, the bulk of it, are left out. */
  ofMany(articleIds: number[], topic: string): Promise<Omit<StoredVerdict, 'reasons'>[]>;
}

export interface StoryWithMembers extends Story {
  /** By join time, then article id. */
  members: StoryMember[];
}

export interface Stories {
  /** The next unused story id; ids are never reused. */
  nextId(): Promise<number>;
  create(story: { id: number; at: number }): Promise<void>;
  /** Appends to the log; moves the article out of its former story where it had one. Bumps the story's revision. */
  join(member: StoryMember, by: string): Promise<void>;
  leave(storyId: number, articleId: number, by: string, at: number): Promise<void>;
  /** Members of `from` join `into`; `from.mergedInto = into`. */
  merge(from: number, into: number, by: string, at: number): Promise<void>;

  /** The number of a merged story leads to another from now on: its reports are there again. */
  redirect(merged: number, to: number): Promise<void>;
  /** A member got a new revision: bump. */
  touch(storyId: number, at: number): Promise<void>;
  mute(storyId: number, muted: boolean): Promise<void>;
  /** Hides a story from one server or workspace alone, or shows it there again. */
  muteFor(scope: Scope, storyId: number, muted: boolean, at: number): Promise<void>;
  /** Which of these stories a server or workspace has hidden from itself, by id. */
  mutedFor(scope: Scope, ids: number[]): Promise<number[]>;
  /** Follows `mergedInto` to its end. Null where there is none. */
  get(id: number): Promise<StoryWithMembers | null>;
  getMany(ids: number[]): Promise<StoryWithMembers[]>;
  ofArticle(articleId: number): Promise<StoryWithMembers | null>;
  /** Unmerged stories with a member that joined or was revised in the ingest window `(since, until]`, by id. */
  active(since: number, until: number): Promise<StoryWithMembers[]>;
  /** All members of unmerged stories updated after `since`, in join order: what the grouper restores. */
  liveMembers(since: number): Promise<StoryMember[]>;
  /** The append-only log of one story. */
  log(storyId: number): Promise<{ articleId: number; change: 'joined' | 'left'; by: string; at: number }[]>;
  recordEdit(edit: Omit<StoryEdit, 'id' | 'undoneAt'>): Promise<StoryEdit>;
  undoEdit(id: number, at: number): Promise<void>;
  /** Edits that hold, oldest first. */
  edits(): Promise<StoryEdit[]>;
}

export type NewDestination = Omit<Destination, 'id' | 'paused'>;

export interface Destinations {
  /** Inserts or updates by (platform, target). */
  save(destination: NewDestination): Promise<Destination>;
  get(id: number): Promise<Destination | null>;
  find(platform: Destination['platform'], target: string): Promise<Destination | null>;
  list(scope?: Scope): Promise<Destination[]>;
  pause(id: number, pause: Pause | null): Promise<void>;
  remove(id: number): Promise<void>;
}

export type NewSchedule = Omit<Schedule, 'id' | 'cutoff'>;

export interface Schedules {
  add(schedule: NewSchedule): Promise<Schedule>;
  update(id: number, change: Partial<Omit<NewSchedule, 'createdAt'>>): Promise<void>;
  remove(id: number): Promise<void>;
  get(id: number): Promise<Schedule | null>;
  /** By id. */
  list(filter?: { scope?: Scope; destinationId?: number }): Promise<Schedule[]>;
  /** Inserts the slots that are not there yet and moves `slotsUntil`, in one transaction. */
  addSlots(scheduleId: number, slots: Pick<Slot, 'due' | 'local'>[], until: number): Promise<Slot[]>;
  /** Slots of unpaused schedules that are due and have no delivery yet, by due time; leased so that one instance builds each. */
  claimSlots(now: number, owner: string, leaseMs: number, limit: number): Promise<Slot[]>;
  slots(
    scheduleId: number,
    limit: number,
  ): Promise<(Slot & { deliveryId: number | null; skipped: string | null })[]>;
  /** A slot that will have no delivery, with the reason. */
  skipSlot(slotId: number, reason: string): Promise<void>;
}

type NewDelivery = Pick<
  Delivery,
  'kind' | 'destinationId' | 'scheduleId' | 'slotId' | 'key' | 'dueAt' | 'expiresAt' | 'content' | 'cutoff'
> & { createdAt: number };

export interface Deliveries {
  /** Frozen content and its parts, one transaction; null where the key exists already. */
  create(
    delivery: NewDelivery,
    parts: Pick<Part, 'index' | 'action' | 'marker' | 'stories'>[],
  ): Promise<Delivery | null>;
  get(id: number): Promise<(Delivery & { parts: Part[] }) | null>;
  byKey(key: string): Promise<Delivery | null>;
  /** Newest first. */
  list(filter: {
    destinationId?: number;
    state?: DeliveryState;
    scope?: Scope;
    limit: number;
  }): Promise<Delivery[]>;
  /**
   * Leases deliveries that are pending or sending, whose next attempt has come and whose lease is free or over,
   * of destinations that are not paused, by due time. Each claim raises the fence.
   */
  claimDue(
    now: number,
    owner: string,
    leaseMs: number,
    limit: number,
    platform: Destination['platform'],
  ): Promise<(Delivery & { parts: Part[] })[]>;
  /** Extends a held lease; throws FenceError where it was taken over. */
  renew(id: number, lease: Lease): Promise<void>;
  /**
   * Marks a part and its delivery `sending`, counts the attempt, notes `sendingSince`; synced to disk before it
   * returns; throws FenceError.
   */
  beginPart(partId: number, fence: number, now: number): Promise<void>;
  /** Records what came of a part; `sent` writes `shown` in the same transaction. Throws FenceError. */
  finishPart(
    partId: number,
    fence: number,
    result: { state: Part['state']; messageId?: string; channelId?: string; error?: string },
    shown: Shown[],
  ): Promise<void>;
  /** Ends or postpones a delivery and gives the lease back; `sent` moves the schedule's cut-off in the same transaction. Throws FenceError. */
  finish(
    id: number,
    fence: number,
    result: { state: DeliveryState; reason?: string; nextAttemptAt?: number; now: number },
  ): Promise<void>;
  /**
   * Operators: sets an `uncertain` or `failed` delivery to be sent again (for at least an hour), or settles it;
   * `sent` moves the cut-off and writes `shown`. A holder that is still at it is fenced off.
   */
  resolve(
    id: number,
    as: 'sent' | 'skipped' | 'pending',
    reason: string,
    now: number,
    shown?: Shown[],
  ): Promise<void>;
  /** Ends `pending` deliveries past their expiry that nobody holds; returns them. One that is `sending` is looked up first. */
  expire(now: number): Promise<Delivery[]>;
  shown(destinationId: number, storyIds: number[]): Promise<Shown[]>;
  shownOf(storyId: number): Promise<Shown[]>;
  /** Retention: removes ended deliveries made before `before`; `shown` stays as long as its story. */
  removeOlderThan(before: number, limit: number): Promise<number>;
}

export interface Subscriptions {
  add(subscription: Omit<Subscription, 'id' | 'lastAlertAt'>): Promise<Subscription>;
  update(
    id: number,
    change: Partial<Omit<Subscription, 'id' | 'scope' | 'owner' | 'createdAt'>>,
  ): Promise<void>;
  remove(id: number): Promise<void>;
  get(id: number): Promise<Subscription | null>;
  list(filter?: { scope?: Scope; owner?: string; destinationId?: number }): Promise<Subscription[]>;
  /** One counter for all: grows with every change, so that each instance sees it. */
  version(): Promise<number>;
  /** Subscriptions added, changed (whole) or removed (id only) after `version`. */
  changedSince(version: number): Promise<{ version: number; changed: Subscription[]; removed: number[] }>;
  /** Unique by (subscription, story, article). */
  queueAlerts(alerts: Omit<PendingAlert, 'id'>[]): Promise<void>;
  dueAlerts(now: number, limit: number): Promise<PendingAlert[]>;
  removeAlerts(ids: number[]): Promise<void>;
  /** Everything stored about one person, and its removal. */
  exportPerson(platform: Destination['platform'], userId: string): Promise<Record<string, unknown>>;
  forgetPerson(platform: Destination['platform'], userId: string): Promise<void>;
}

/** What a document must hold: terms in a row as `tokenize(text, true)` gives them, or a tag. */
export type SearchExpression =
  | { kind: 'and' | 'or'; nodes: SearchExpression[] }
  | { kind: 'not'; node: SearchExpression }
  /** A phrase where there are several; with `prefix`, the last term only has to begin so. */
  | { kind: 'terms'; terms: string[]; prefix: boolean }
  | { kind: 'tag'; tag: string };

export interface SearchQuery {
  where: SearchExpression;
  scopes: Scope[];
  /** Articles first stored after this one are left out: keeps paging stable while news arrives. */
  maxId?: number;
  /** Ingest time of the present revision, ms UTC, exclusive. */
  ingestedAfter?: number;
}

export interface SearchDocument {
  id: number;
  title: string;
  text: string;
  language: string;
  published: number;
  outlet: Pick<Outlet, 'slug'>;
  verdicts: readonly Verdict[];
}

/** What ranking reads of an article that was found. */
export interface SearchCandidate {
  id: number;
  title: string;
  published: number;
  tier: 1 | 2 | 3;
  storyId: number | null;
}

export interface SearchIndex {
  /** Indexes or re-indexes articles: their tokens, and as tags what their fields and verdicts say. */
  put(documents: SearchDocument[]): Promise<void>;
  /** Newest (highest id) first, at most `limit`; the same on both databases. An article that is removed leaves the index with it. */
  candidates(query: SearchQuery, limit: number): Promise<SearchCandidate[]>;
  count(query: SearchQuery): Promise<number>;
}

export interface Settings {
  get(scope: Scope): Promise<ScopeSettings | null>;
  save(settings: ScopeSettings): Promise<void>;
  list(): Promise<ScopeSettings[]>;
  audit(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  audits(scope: Scope, limit: number): Promise<AuditEntry[]>;
  /** Removes everything a server or workspace owns. */
  purge(scope: Scope): Promise<void>;
  /** Encrypted installation of a Slack workspace. */
  saveInstallation(platform: string, key: string, value: string): Promise<void>;
  installation(platform: string, key: string): Promise<string | null>;
  /** Keys of all that are stored. */
  installations(platform: string): Promise<string[]>;
  removeInstallation(platform: string, key: string): Promise<void>;
}

/** What people said of articles: examples for the next fit and the next backtest. */
export interface Labels {
  add(label: {
    articleId: number;
    topic: string;
    relevant: boolean;
    who: string;
    scope: Scope;
    at: number;
  }): Promise<void>;
  list(
    topic: string,
  ): Promise<
    { articleId: number; topic: string; relevant: boolean; who: string; scope: Scope; at: number }[]
  >;
}

/** Named leases for what only one instance does: `grouper`, `sender:discord`, `shard:0`. */
export interface Leases {
  /** Null where somebody else holds it. Raises the fence when the holder changes. */
  acquire(name: string, owner: string, leaseMs: number, now: number): Promise<Lease | null>;
  release(name: string, owner: string): Promise<void>;
  /** True once for each key within its life: interaction ids, duplicate envelopes. */
  once(key: string, now: number): Promise<boolean>;
}

/** What buttons do whose call is too long to stand in them, as JSON by its hash. */
export interface LongCalls {
  /** Keeps them, or notes that they are used again. `who`, as `discord:900`, got the buttons: forgotten with them. */
  keep(calls: ReadonlyMap<string, string>, who: string, now: number): Promise<void>;
  /** Null where it was never kept, or nobody used it for long. */
  find(key: string, now: number): Promise<string | null>;
  /** Removes those not used since `before`. @returns how many */
  forget(before: number): Promise<number>;
}

/** Small facts of the instance: last tick, last digest, definition hashes, cursors. */
export interface Meta {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
