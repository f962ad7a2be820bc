import { userInfo } from 'node:os';
import { Command } from 'commander';
import { UserError } from '../model/errors.ts';
import type { Store, StoryWithMembers } from '../store/store.ts';
import { type Editor, mergeStories, muteStory, splitStory, undoEdit } from '../stories/edit-stories.ts';
import { countOrigins } from '../stories/story-report.ts';
import type { CliIo } from './io.ts';
import { readNumber } from './read-number.ts';
import { withCore } from './with-core.ts';

const DAY = 86_400_000;

/** `tumen stories`: what the grouper made, and what a person says of it. */
export function storiesCommand(io: CliIo): Command {
  const command = new Command('stories')
    .description(
      'Stories by hand: look, merge, split, mute, undo. Every change is recorded with who and why.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ npm run --silent tumen -- stories list --days 2
  $ npm run --silent tumen -- stories show 128
  $ npm run --silent tumen -- stories merge 128 121 --why "the same visit"
  $ npm run --silent tumen -- stories split 121 4410,4412 --why "another meeting"
  $ npm run --silent tumen -- stories undo 121`,
    );

  command
    .command('list')
    .description('Stories with news, the newest first, one JSON line each.')
    .option('--days <n>', 'how far back', readNumber, 1)
    .option('--limit <n>', 'at most so many', readNumber, 50)
    .action(({ days, limit }: { days: number; limit: number }) =>
      withCore(io, async ({ store, now }) => {
        const stories = await store.stories.active(now() - days * DAY, now());
        stories.sort((a, b) => b.updatedAt - a.updatedAt || b.id - a.id);
        for (const story of stories.slice(0, limit)) print(io, await summaryOf(store, story));
      }),
    );

  command
    .command('show')
    .description('One story with its reports and what became of it, as JSON.')
    .argument('<story>', 'its number', readNumber)
    .action((id: number) =>
      withCore(io, async ({ store }) => {
        const story = await find(store, id);
        io.stdout.write(`${JSON.stringify(await wholeOf(store, story), null, 2)}\n`);
      }),
    );

  changing('merge', 'Makes story <from> a part of story <into>.')
    .argument('<from>', 'the story that goes', readNumber)
    .argument('<into>', 'the story that stays', readNumber)
    .action((from: number, into: number, options: Why) =>
      change(options, (store, editor) => mergeStories(store, from, into, editor)),
    );

  changing('split', 'Takes reports out of a story into a new one.')
    .argument('<story>', 'its number', readNumber)
    .argument('<articles>', 'numbers of its reports, as in 12,15', readNumbers)
    .action((id: number, articles: number[], options: Why) =>
      change(options, (store, editor) => splitStory(store, id, articles, editor)),
    );

  changing('mute', 'Keeps a story out of every digest.')
    .argument('<story>', 'its number', readNumber)
    .option('--off', 'let it in again')
    .action((id: number, options: Why & { off?: boolean }) =>
      change(options, (store, editor) => muteStory(store, id, !options.off, editor)),
    );

  changing('undo', 'Takes back the last change that was made to a story by hand.')
    .argument('<story>', 'its number', readNumber)
    .action((id: number, options: Why) => change(options, (store, editor) => undoEdit(store, id, editor)));

  return command;

  function changing(name: string, description: string): Command {
    return command.command(name).description(description).option('--why <words>', 'why, for the record');
  }

  function change({ why }: Why, act: (store: Store, editor: Editor) => Promise<unknown>): Promise<void> {
    return withCore(io, async ({ store, now }) => {
      const editor: Editor = { who: `cli:${userInfo().username}`, scope: null, why: why ?? null, now: now() };
      print(io, await act(store, editor));
    });
  }
}

interface Why {
  why?: string;
}

async function summaryOf(store: Store, story: StoryWithMembers) {
  const articles = await store.articles.getMany(story.members.map((member) => member.articleId));
  const iso = (at: number) => new Date(at).toISOString();
  return {
    story: story.id,
    title: articles.toSorted((a, b) => a.id - b.id)[0]?.title ?? null,
    reports: story.members.length,
    origins: countOrigins(story.members),
    languages: [...new Set(articles.map((article) => article.language))].sort(),
    firstSeen: iso(story.createdAt),
    updated: iso(story.updatedAt),
    muted: story.muted,
  };
}

async function wholeOf(store: Store, story: StoryWithMembers) {
  const articles = new Map(
    (await store.articles.getMany(story.members.map((member) => member.articleId))).map((a) => [a.id, a]),
  );
  const log = await store.stories.log(story.id);
  const edits = (await store.stories.edits()).filter((edit) => edit.storyIds.includes(story.id));
  return {
    ...(await summaryOf(store, story)),
    members: story.members.map(({ articleId, originId, joinedAt }) => {
      const article = articles.get(articleId);
      return {
        article: articleId,
        origin: originId,
        joined: new Date(joinedAt).toISOString(),
        outlet: article?.outlet.name ?? null,
        stateMedia: article?.outlet.stateMedia ?? null,
        language: article?.language ?? null,
        title: article?.title ?? null,
        url: article?.url ?? null,
      };
    }),
    log: log.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() })),
    edits,
  };
}

async function find(store: Store, id: number): Promise<StoryWithMembers> {
  const story = await store.stories.get(id);
  if (!story)
    throw new UserError('no-such-story', `there is no story ${id}`, {
      hint: 'See `stories list --days 10`.',
    });
  return story;
}

function print(io: CliIo, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}

const readNumbers = (value: string): number[] => value.split(',').map((part) => readNumber(part.trim()));
