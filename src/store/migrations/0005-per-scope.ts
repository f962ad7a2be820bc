import { columnTypes, type Migration } from './migration.ts';

/** What a server or workspace hides from itself alone; and messages to people on Discord belong to them, not to a server. */
export const perScope: Migration = {
  version: 5,
  name: 'per-scope',
  up(kind) {
    const t = columnTypes(kind);
    return [
      `create table muted_stories (
        scope ${t.text} not null,
        story_id ${t.int} not null references stories (id) on delete cascade,
        at ${t.int} not null,
        primary key (scope, story_id)
      ${t.endByKey}`,
      'create index muted_stories_story on muted_stories (story_id)',
      `alter table story_edits add column scope ${t.text}`,
      `update destinations set scope = 'discord:user-' || target where platform = 'discord' and kind = 'dm'`,
    ];
  },
};
