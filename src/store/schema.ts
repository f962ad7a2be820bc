import type { Generated } from 'kysely';
import type { Delivery, Part, Shown } from '../model/delivery.ts';
import type { Destination, UpdateMode } from '../model/schedule.ts';
import type { Scope } from '../model/scope.ts';
import type { StoryEdit } from '../model/story.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Kind } from '../model/topic.ts';

/** 0 or 1 on both databases. */
type Flag = 0 | 1;
/** A value as JSON text on both databases. */
type Json = string;
/** Milliseconds UTC. */
type Time = number;

/** The tables as both databases have them; columns of the same name hold the same bytes. */
export interface Tables {
  schema_versions: { version: number; name: string; applied_at: Time };
  counters: { name: string; value: number };
  meta: { key: string; value: string };
  outlets: OutletsTable;
  feeds: FeedsTable;
  articles: ArticlesTable;
  article_revisions: { article_id: number; revision: number; title: string; text: string; at: Time };
  identities: { scope: Scope; hash: string; article_id: number | null; seen_at: Time };
  entries: EntriesTable;
  verdicts: VerdictsTable;
  stories: StoriesTable;
  story_members: { article_id: number; story_id: number; origin_id: number; joined_at: Time };
  story_log: StoryLogTable;
  story_edits: StoryEditsTable;
  muted_stories: { scope: Scope; story_id: number; at: Time };
  destinations: DestinationsTable;
  schedules: SchedulesTable;
  slots: SlotsTable;
  deliveries: DeliveriesTable;
  parts: PartsTable;
  shown: ShownTable;
  subscriptions: SubscriptionsTable;
  removed_subscriptions: { id: number; version: number };
  pending_alerts: PendingAlertsTable;
  scope_settings: ScopeSettingsTable;
  audits: AuditsTable;
  installations: { platform: string; key: string; value: string };
  labels: LabelsTable;
  leases: { name: string; owner: string; lease_until: Time; fence: number };
  once_keys: { key: string; at: Time };
  long_calls: { key: string; call: Json; used_at: Time; who: string | null };
}

interface OutletsTable {
  id: Generated<number>;
  slug: string;
  name: string;
  domain: string | null;
  country: string | null;
  language: string;
  tier: 1 | 2 | 3;
  state_media: Flag;
  paywalled: Flag;
}

interface FeedsTable {
  id: Generated<number>;
  url: string;
  moved_from: string | null;
  scope: Scope;
  outlet_id: number;
  title: string | null;
  language: string | null;
  full_text: 'never' | 'relevant';
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  interval_ms: number;
  next_poll_at: Time;
  failures: number;
  last_error: Json | null;
  last_polled_at: Time | null;
  last_success_at: Time | null;
  newest_entry_at: Time | null;
  silent_since: Time | null;
  gone_at: Time | null;
  redirect: Json | null;
  habits: Json | null;
  /** When a body of it was last stored: an entry seen then is carried still. */
  last_ingest_at: Time | null;
  lease_owner: string | null;
  lease_until: Time;
}

interface ArticlesTable {
  id: Generated<number>;
  /** `instance` once a feed of the instance carries it, else the one server or workspace whose feed does. */
  scope: Scope;
  /** The feed whose words these are; only it makes revisions. */
  feed_id: number | null;
  outlet_id: number;
  identity: string;
  url: string | null;
  title: string;
  text: string;
  language: string;
  published: Time;
  sequence: number;
  revision: number;
  first_seen: Time;
  /** When its present revision was stored. */
  ingested_at: Time;
  backfill: Flag;
  authors: Json;
  categories: Json;
  thumbnail: string | null;
  full_text: Flag;
  /** How often its page was tried in vain, and when it may be tried again. */
  page_tries: Generated<number>;
  page_after: Generated<Time>;
}

interface EntriesTable {
  feed_id: number;
  /** Hash of the identity the feed gave it. */
  hash: string;
  guid_hash: string | null;
  text_hash: string;
  /** Null where it was stored before titles were compared. */
  title_hash: string | null;
  /** Null once retention has removed the article. */
  article_id: number | null;
  first_seen: Time;
  last_seen: Time;
}

interface VerdictsTable {
  article_id: number;
  revision: number;
  topic: string;
  score: number;
  relevant: Flag;
  kind: Kind;
  themes: Json;
  entities: Json;
  sides: Json;
  reasons: Json;
}

interface StoriesTable {
  id: number;
  merged_into: number | null;
  created_at: Time;
  updated_at: Time;
  revision: number;
  muted: Flag;
}

interface StoryLogTable {
  id: Generated<number>;
  story_id: number;
  article_id: number;
  change: 'joined' | 'left';
  by: string;
  at: Time;
}

interface StoryEditsTable {
  id: Generated<number>;
  kind: StoryEdit['kind'];
  story_ids: Json;
  article_ids: Json;
  who: string;
  scope: Scope | null;
  why: string | null;
  at: Time;
  undone_at: Time | null;
}

interface DestinationsTable {
  id: Generated<number>;
  platform: Destination['platform'];
  scope: Scope;
  kind: Destination['kind'];
  target: string;
  name: string | null;
  languages: Json;
  zone: string;
  silent: Flag;
  crosspost: Flag;
  tags: Json;
  paused: Json | null;
  set_up_by: string | null;
}

interface SchedulesTable {
  id: Generated<number>;
  destination_id: number;
  times: Json;
  zone: string;
  days: Json;
  topics: Json;
  themes: Json;
  length: number;
  sentences: number;
  quiet_day: 'line' | 'nothing';
  updates: UpdateMode;
  paused: Flag;
  created_at: Time;
  cutoff: Time | null;
  slots_until: Time;
}

interface SlotsTable {
  id: Generated<number>;
  schedule_id: number;
  due: Time;
  local: string;
  delivery_id: number | null;
  skipped: string | null;
  lease_owner: string | null;
  lease_until: Time;
}

interface DeliveriesTable {
  id: Generated<number>;
  kind: Delivery['kind'];
  destination_id: number;
  schedule_id: number | null;
  slot_id: number | null;
  key: string;
  state: Delivery['state'];
  created_at: Time;
  due_at: Time;
  expires_at: Time;
  next_attempt_at: Time;
  content: Json;
  cutoff: Time | null;
  reason: string | null;
  lease_owner: string | null;
  lease_until: Time;
  fence: number;
}

interface PartsTable {
  id: Generated<number>;
  delivery_id: number;
  index: number;
  action: Json;
  marker: string;
  state: Part['state'];
  attempts: number;
  sending_since: Time | null;
  message_id: string | null;
  channel_id: string | null;
  last_error: string | null;
  stories: Json;
}

interface ShownTable {
  destination_id: number;
  story_id: number;
  story_revision: number;
  at: Time;
  via: Shown['via'];
  articles: Json;
  origins: Json;
  facts: Json;
  sentences: Json;
  message: Json | null;
}

interface SubscriptionsTable {
  id: Generated<number>;
  scope: Scope;
  owner: string;
  destination_id: number;
  query: string;
  mode: Subscription['mode'];
  quiet_hours: Json | null;
  zone: string;
  languages: Json;
  themes: Json;
  updates: Flag;
  story_id: number | null;
  paused: Flag;
  created_at: Time;
  last_alert_at: Time | null;
  version: number;
}

interface PendingAlertsTable {
  id: Generated<number>;
  subscription_id: number;
  destination_id: number;
  article_id: number;
  story_id: number;
  words: Json;
  due_at: Time;
}

interface ScopeSettingsTable {
  scope: Scope;
  managers: Json;
  audit_channel: string | null;
  locale: 'en' | 'ko' | 'ru';
  zone: string;
  topics: Json;
  paused_feeds: Json;
  removed_at: Time | null;
}

interface AuditsTable {
  id: Generated<number>;
  scope: Scope;
  who: string;
  action: string;
  object: string;
  detail: string | null;
  at: Time;
}

interface LabelsTable {
  id: Generated<number>;
  article_id: number;
  topic: string;
  relevant: Flag;
  who: string;
  scope: Scope;
  at: Time;
}
