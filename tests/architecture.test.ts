import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cycles, readImports, specifiersOf, strangers, violations } from './architecture.ts';

describe('the sources', () => {
  const { files, imports } = readImports(resolve(import.meta.dirname, '../src'));

  it('stand in known rooms', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(strangers(files)).toEqual([]);
  });

  it('import only what the table allows', () => {
    expect(imports.length).toBeGreaterThan(files.length);
    expect(violations(imports)).toEqual([]);
  });

  it('import in no circle, types counted', () => {
    expect(cycles(imports)).toEqual([]);
  });
});

describe('the check', () => {
  it.each([
    ['a stage that knows a later stage', 'feeds/poll-feed.ts', 'stories/group-articles.ts'],
    ['a stage that knows the pipeline', 'digests/build-digest.ts', 'pipeline/ingest.ts'],
    ['the model knowing anything', 'model/feed.ts', 'text/tokenize.ts'],
    ['the pipeline opening a database', 'pipeline/ingest.ts', 'store/open-store.ts'],
    ['a platform calling a command', 'platforms/slack/door.ts', 'commands/dispatch.ts'],
    ['a platform that knows another', 'platforms/slack/render.ts', 'platforms/discord/render.ts'],
    ['a platform that knows the database', 'platforms/discord/gateway.ts', 'store/sql/feeds.ts'],
    ['the entry that knows more than the verbs', 'main.ts', 'pipeline/ingest.ts'],
    ['the Discord library in a command', 'commands/dispatch.ts', 'discord.js'],
    ['the Slack library in Discord', 'platforms/discord/door.ts', '@slack/bolt'],
    ['SQL outside the store', 'pipeline/ingest.ts', 'kysely'],
    ['cron outside the scheduler', 'app.ts', 'node-cron'],
  ])('refuses %s', (_, from, to) => {
    expect(violations([{ from, to }])).toEqual([`${from} must not import ${to}`]);
  });

  it('lets everybody know a port, and a stage the ones before it', () => {
    expect(
      violations([
        { from: 'pipeline/ingest.ts', to: 'store/store.ts' },
        { from: 'digests/build-digest.ts', to: 'summaries/summarizer.ts' },
        { from: 'stories/group-articles.ts', to: 'topics/judge-article.ts' },
        { from: 'platforms/slack/door.ts', to: 'commands/command.ts' },
      ]),
    ).toEqual([]);
  });

  it('names a circle, whatever its length', () => {
    const circle = [
      { from: 'text/a.ts', to: 'text/b.ts' },
      { from: 'text/b.ts', to: 'text/c.ts' },
      { from: 'text/c.ts', to: 'text/b.ts' },
    ];
    expect(cycles(circle)).toEqual(['text/b.ts → text/c.ts → text/b.ts']);
  });

  it('knows a file in a new room', () => {
    expect(strangers(['model/feed.ts', 'utils/all.ts'])).toEqual(['utils/all.ts']);
  });

  it('reads every way to import', () => {
    const source = `import a, { b } from './a.ts';
import type { C } from "./c.ts";
import {
  d,
} from './d.ts';
import './e.ts';
export { f } from './f.ts';
const g = await import('./g.ts');`;
    expect(specifiersOf(source)).toEqual(['./a.ts', './c.ts', './d.ts', './e.ts', './f.ts', './g.ts']);
  });
});
