import type { DatabaseKind } from '../sql/sql.ts';
import { columnTypes, type Migration } from './migration.ts';

export const initial: Migration = {
  version: 1,
  name: 'initial',
  up: (kind) => [
    ...instance(kind),
    ...news(kind),
    ...stories(kind),
    ...outbox(kind),
    ...subscriptions(kind),
    ...scopes(kind),
  ],
};

function instance(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table counters (
      name ${t.text} not null primary key,
      value ${t.int} not null
    ${t.endByKey}`,
    "insert into counters (name, value) values ('article', 0), ('story', 0), ('subscription', 0)",
    `create table meta (
      key ${t.text} not null primary key,
      value ${t.text} not null
    ${t.endByKey}`,
    `create table leases (
      name ${t.text} not null primary key,
      owner ${t.text} not null,
      lease_until ${t.int} not null,
      fence ${t.int} not null
    ${t.endByKey}`,
    `create table once_keys (
      key ${t.text} not null primary key,
      at ${t.int} not null
    ${t.endByKey}`,
    'create index once_keys_at on once_keys (at)',
  ];
}

function news(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table outlets (
      id ${t.id},
      slug ${t.text} not null unique,
      name ${t.text} not null,
      domain ${t.text},
      country ${t.text},
      language ${t.text} not null,
      tier ${t.int} not null,
      state_media ${t.flag} not null,
      paywalled ${t.flag} not null
    ${t.end}`,
    `create table feeds (
      id ${t.id},
      url ${t.text} not null,
      scope ${t.text} not null,
      outlet_id ${t.int} not null references outlets (id),
      title ${t.text},
      language ${t.text},
      full_text ${t.text} not null,
      etag ${t.text},
      last_modified ${t.text},
      body_hash ${t.text},
      interval_ms ${t.int} not null,
      next_poll_at ${t.int} not null,
      failures ${t.int} not null,
      last_error ${t.text},
      last_polled_at ${t.int},
      last_success_at ${t.int},
      newest_entry_at ${t.int},
      silent_since ${t.int},
      gone_at ${t.int},
      redirect ${t.text},
      last_ingest_at ${t.int},
      lease_owner ${t.text},
      lease_until ${t.int} not null default 0,
      unique (scope, url)
    ${t.end}`,
    'create index feeds_due on feeds (next_poll_at) where gone_at is null',
    `create table articles (
      id ${t.id},
      scope ${t.text} not null,
      feed_id ${t.int} references feeds (id) on delete set null,
      outlet_id ${t.int} not null references outlets (id),
      identity ${t.text} not null,
      url ${t.text},
      title ${t.text} not null,
      text ${t.text} not null,
      language ${t.text} not null,
      published ${t.int} not null,
      sequence ${t.int} not null unique,
      revision ${t.int} not null,
      first_seen ${t.int} not null,
      ingested_at ${t.int} not null,
      backfill ${t.flag} not null,
      authors ${t.text} not null,
      categories ${t.text} not null,
      thumbnail ${t.text},
      full_text ${t.flag} not null
    ${t.end}`,
    'create index articles_url on articles (url)',
    'create index articles_ingested on articles (ingested_at)',
    'create index articles_feed on articles (feed_id)',
    `create table article_revisions (
      article_id ${t.int} not null references articles (id) on delete cascade,
      revision ${t.int} not null,
      title ${t.text} not null,
      text ${t.text} not null,
      at ${t.int} not null,
      primary key (article_id, revision)
    ${t.end}`,
    `create table identities (
      scope ${t.text} not null,
      hash ${t.text} not null,
      article_id ${t.int} references articles (id) on delete set null,
      seen_at ${t.int} not null,
      primary key (hash, scope)
    ${t.endByKey}`,
    'create index identities_article on identities (article_id)',
    'create index identities_forgotten on identities (seen_at) where article_id is null',
    `create table entries (
      feed_id ${t.int} not null references feeds (id) on delete cascade,
      hash ${t.text} not null,
      guid_hash ${t.text},
      text_hash ${t.text} not null,
      article_id ${t.int} references articles (id) on delete set null,
      first_seen ${t.int} not null,
      last_seen ${t.int} not null,
      primary key (feed_id, hash)
    ${t.endByKey}`,
    'create index entries_guid on entries (feed_id, guid_hash)',
    'create index entries_article on entries (article_id)',
    `create table verdicts (
      article_id ${t.int} not null references articles (id) on delete cascade,
      revision ${t.int} not null,
      topic ${t.text} not null,
      score ${t.real} not null,
      relevant ${t.flag} not null,
      kind ${t.text} not null,
      themes ${t.text} not null,
      entities ${t.text} not null,
      sides ${t.text} not null,
      reasons ${t.text} not null,
      primary key (article_id, revision, topic)
    ${t.end}`,
    `create table labels (
      id ${t.id},
      article_id ${t.int} not null,
      topic ${t.text} not null,
      relevant ${t.flag} not null,
      who ${t.text} not null,
      scope ${t.text} not null,
      at ${t.int} not null,
      unique (article_id, topic, who)
    ${t.end}`,
  ];
}

function stories(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table stories (
      id ${t.int} not null primary key,
      merged_into ${t.int} references stories (id) on delete cascade deferrable initially deferred,
      created_at ${t.int} not null,
      updated_at ${t.int} not null,
      revision ${t.int} not null,
      muted ${t.flag} not null
    ${t.end}`,
    'create index stories_merged on stories (merged_into) where merged_into is not null',
    'create index stories_updated on stories (updated_at)',
    `create table story_members (
      article_id ${t.int} not null primary key references articles (id) on delete cascade,
      story_id ${t.int} not null references stories (id) on delete cascade,
      origin_id ${t.int} not null,
      joined_at ${t.int} not null
    ${t.end}`,
    'create index story_members_story on story_members (story_id)',
    'create index story_members_joined on story_members (joined_at)',
    `create table story_log (
      id ${t.id},
      story_id ${t.int} not null references stories (id) on delete cascade,
      article_id ${t.int} not null,
      change ${t.text} not null,
      "by" ${t.text} not null,
      at ${t.int} not null
    ${t.end}`,
    'create index story_log_story on story_log (story_id)',
    `create table story_edits (
      id ${t.id},
      kind ${t.text} not null,
      story_ids ${t.text} not null,
      article_ids ${t.text} not null,
      who ${t.text} not null,
      why ${t.text},
      at ${t.int} not null,
      undone_at ${t.int}
    ${t.end}`,
  ];
}

function outbox(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table destinations (
      id ${t.id},
      platform ${t.text} not null,
      scope ${t.text} not null,
      kind ${t.text} not null,
      target ${t.text} not null,
      name ${t.text},
      languages ${t.text} not null,
      zone ${t.text} not null,
      silent ${t.flag} not null,
      crosspost ${t.flag} not null,
      tags ${t.text} not null,
      paused ${t.text},
      set_up_by ${t.text},
      unique (platform, target)
    ${t.end}`,
    'create index destinations_scope on destinations (scope)',
    `create table schedules (
      id ${t.id},
      destination_id ${t.int} not null references destinations (id) on delete cascade,
      times ${t.text} not null,
      zone ${t.text} not null,
      days ${t.text} not null,
      topics ${t.text} not null,
      themes ${t.text} not null,
      length ${t.int} not null,
      sentences ${t.int} not null,
      quiet_day ${t.text} not null,
      updates ${t.text} not null,
      paused ${t.flag} not null,
      created_at ${t.int} not null,
      cutoff ${t.int},
      slots_until ${t.int} not null
    ${t.end}`,
    'create index schedules_destination on schedules (destination_id)',
    `create table slots (
      id ${t.id},
      schedule_id ${t.int} not null references schedules (id) on delete cascade,
      due ${t.int} not null,
      local ${t.text} not null,
      delivery_id ${t.int},
      skipped ${t.text},
      lease_owner ${t.text},
      lease_until ${t.int} not null default 0,
      unique (schedule_id, due)
    ${t.end}`,
    'create index slots_open on slots (due) where delivery_id is null and skipped is null',
    `create table deliveries (
      id ${t.id},
      kind ${t.text} not null,
      destination_id ${t.int} not null references destinations (id) on delete cascade,
      schedule_id ${t.int} references schedules (id) on delete set null,
      slot_id ${t.int} references slots (id) on delete set null,
      key ${t.text} not null unique,
      state ${t.text} not null,
      created_at ${t.int} not null,
      due_at ${t.int} not null,
      expires_at ${t.int} not null,
      next_attempt_at ${t.int} not null,
      content ${t.text} not null,
      cutoff ${t.int},
      reason ${t.text},
      lease_owner ${t.text},
      lease_until ${t.int} not null default 0,
      fence ${t.int} not null default 0
    ${t.end}`,
    "create index deliveries_open on deliveries (due_at) where state in ('pending', 'sending')",
    'create index deliveries_destination on deliveries (destination_id, id)',
    'create index deliveries_schedule on deliveries (schedule_id)',
    'create index deliveries_slot on deliveries (slot_id)',
    'create index deliveries_created on deliveries (created_at)',
    `create table parts (
      id ${t.id},
      delivery_id ${t.int} not null references deliveries (id) on delete cascade,
      "index" ${t.int} not null,
      action ${t.text} not null,
      marker ${t.text} not null unique,
      state ${t.text} not null,
      attempts ${t.int} not null,
      sending_since ${t.int},
      message_id ${t.text},
      channel_id ${t.text},
      last_error ${t.text},
      stories ${t.text} not null,
      unique (delivery_id, "index")
    ${t.end}`,
    `create table shown (
      destination_id ${t.int} not null references destinations (id) on delete cascade,
      story_id ${t.int} not null,
      story_revision ${t.int} not null,
      at ${t.int} not null,
      via ${t.text} not null,
      articles ${t.text} not null,
      origins ${t.text} not null,
      facts ${t.text} not null,
      sentences ${t.text} not null,
      message ${t.text},
      primary key (destination_id, story_id)
    ${t.end}`,
    'create index shown_story on shown (story_id)',
  ];
}

function subscriptions(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table subscriptions (
      id ${t.id},
      scope ${t.text} not null,
      owner ${t.text} not null,
      destination_id ${t.int} not null references destinations (id),
      query ${t.text} not null,
      mode ${t.text} not null,
      quiet_hours ${t.text},
      zone ${t.text} not null,
      languages ${t.text} not null,
      themes ${t.text} not null,
      updates ${t.flag} not null,
      story_id ${t.int},
      paused ${t.flag} not null,
      created_at ${t.int} not null,
      last_alert_at ${t.int},
      version ${t.int} not null
    ${t.end}`,
    'create index subscriptions_scope on subscriptions (scope, owner)',
    'create index subscriptions_destination on subscriptions (destination_id)',
    'create index subscriptions_version on subscriptions (version)',
    `create table removed_subscriptions (
      id ${t.int} not null primary key,
      version ${t.int} not null
    ${t.end}`,
    'create index removed_subscriptions_version on removed_subscriptions (version)',
    `create table pending_alerts (
      id ${t.id},
      subscription_id ${t.int} not null references subscriptions (id) on delete cascade,
      destination_id ${t.int} not null,
      article_id ${t.int} not null references articles (id) on delete cascade,
      story_id ${t.int} not null,
      words ${t.text} not null,
      due_at ${t.int} not null,
      unique (subscription_id, story_id, article_id)
    ${t.end}`,
    'create index pending_alerts_due on pending_alerts (due_at)',
    'create index pending_alerts_article on pending_alerts (article_id)',
  ];
}

function scopes(kind: DatabaseKind): string[] {
  const t = columnTypes(kind);
  return [
    `create table scope_settings (
      scope ${t.text} not null primary key,
      managers ${t.text} not null,
      audit_channel ${t.text},
      locale ${t.text} not null,
      zone ${t.text} not null,
      topics ${t.text} not null,
      paused_feeds ${t.text} not null,
      removed_at ${t.int}
    ${t.end}`,
    `create table audits (
      id ${t.id},
      scope ${t.text} not null,
      who ${t.text} not null,
      action ${t.text} not null,
      object ${t.text} not null,
      detail ${t.text},
      at ${t.int} not null
    ${t.end}`,
    'create index audits_scope on audits (scope, id)',
    `create table installations (
      platform ${t.text} not null,
      key ${t.text} not null,
      value ${t.text} not null,
      primary key (platform, key)
    ${t.end}`,
  ];
}
