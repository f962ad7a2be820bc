import { UserError } from '../model/errors.ts';
import type { Scope } from '../model/scope.ts';
import type { StoryEdit } from '../model/story.ts';
import type { Store, StoryWithMembers } from '../store/store.ts';

/** Who says so, and why: recorded with every edit. */
export interface Editor {
  /** `discord:<user id>`, `slack:<user id>`, `cli:<login>`. */
  who: string;
  /** The server or workspace it is said in; null on the command line, whose mutes hold for all. */
  scope: Scope | null;
  why: string | null;
  now: number;
}

/** Makes one story of two: the reports of `from` join `into`, and the engine will not part them. */
export function mergeStories(store: Store, from: number, into: number, editor: Editor): Promise<StoryEdit> {
  return store.transaction(async (tx) => {
    const source = await findStory(tx, from);
    const target = await findStory(tx, into);
    if (source.id === target.id)
      throw new UserError('same-story', `story ${from} and story ${into} are one story already`);
    const edit = await record(tx, editor, {
      kind: 'merge',
      storyIds: [source.id, target.id],
      articleIds: source.members.map((member) => member.articleId),
    });
    await tx.stories.merge(source.id, target.id, editor.who, editor.now);
    return edit;
  });
}

/** Takes reports out of a story into a new one; the engine will not join the two again. */
export function splitStory(
  store: Store,
  storyId: number,
  articleIds: readonly number[],
  editor: Editor,
): Promise<StoryEdit> {
  return store.transaction(async (tx) => {
    const source = await findStory(tx, storyId);
    const own = new Set(source.members.map((member) => member.articleId));
    const stranger = articleIds.find((id) => !own.has(id));
    if (stranger !== undefined)
      throw new UserError('not-a-member', `article ${stranger} is not in story ${source.id}`, {
        hint: `Its reports are ${[...own].join(', ')}.`,
      });
    const moving = new Set(articleIds);
    if (!moving.size || moving.size === own.size)
      throw new UserError('split-all', 'a split needs at least one report that goes and one that stays');
    const id = await moveToNewStory(tx, source, moving, editor);
    return record(tx, editor, { kind: 'split', storyIds: [source.id, id], articleIds: [...moving] });
  });
}

/** Keeps a story out of the digests of those who say so, or lets it in again. */
export function muteStory(store: Store, storyId: number, muted: boolean, editor: Editor): Promise<StoryEdit> {
  return store.transaction(async (tx) => {
    const story = await findStory(tx, storyId);
    await setMuted(tx, story.id, editor.scope, muted, editor.now);
    const kind = muted ? 'mute' : 'unmute';
    return record(tx, editor, { kind, storyIds: [story.id], articleIds: [], scope: editor.scope });
  });
}

/**
 * Takes back the last thing that a person said of a story.
 * @returns the edit that no longer holds; `opened` is the story that reports are in again, under a new number
 */
export function undoEdit(
  store: Store,
  storyId: number,
  editor: Editor,
): Promise<StoryEdit & { opened: number | null }> {
  return store.transaction(async (tx) => {
    const edit = await lastEdit(tx, storyId, editor);
    if (!edit)
      throw new UserError(
        'nothing-to-undo',
        `nobody has changed story ${storyId} by hand, or all of it was undone`,
      );
    await tx.stories.undoEdit(edit.id, editor.now);
    return { ...edit, opened: await takeBack(tx, edit, editor) };
  });
}

/** The last thing that a person said of a story, of what this one may take back. */
export async function lastEdit(
  store: Store,
  storyId: number,
  editor: Pick<Editor, 'who' | 'scope'>,
): Promise<StoryEdit | undefined> {
  const story = await findStory(store, storyId);
  const isAbout = (edit: StoryEdit) =>
    edit.storyIds.includes(story.id) ||
    edit.storyIds.includes(storyId) ||
    edit.articleIds.some((id) => story.members.some((member) => member.articleId === id));
  return (await store.stories.edits()).findLast((edit) => isOurs(edit, editor) && isAbout(edit));
}

/** What holds for all can be taken back by all who may change the story; what a place says for itself, there. */
function isOurs({ kind, scope, who }: StoryEdit, editor: Pick<Editor, 'who' | 'scope'>): boolean {
  if (kind === 'merge' || kind === 'split' || scope === editor.scope) return true;
  // Said in chat when it held for all: by whom it was said.
  return scope === null && who === editor.who;
}

function setMuted(
  tx: Store,
  storyId: number,
  scope: Scope | null,
  muted: boolean,
  now: number,
): Promise<void> {
  return scope === null ? tx.stories.mute(storyId, muted) : tx.stories.muteFor(scope, storyId, muted, now);
}

/** @returns the number of the story that this opened, null where it opened none */
async function takeBack(tx: Store, edit: StoryEdit, editor: Editor): Promise<number | null> {
  const [first, second] = edit.storyIds;
  if (edit.kind === 'mute' || edit.kind === 'unmute')
    await setMuted(tx, first!, edit.scope, edit.kind === 'unmute', editor.now);
  if (edit.kind === 'split') await tx.stories.merge(second!, first!, editor.who, editor.now);
  if (edit.kind !== 'merge') return null;
  // A merged story's id is never used again: its reports, as far as they are still there, open a new one.
  const target = await findStory(tx, second!);
  const back = new Set(
    target.members.map((member) => member.articleId).filter((id) => edit.articleIds.includes(id)),
  );
  const isParted = back.size > 0 && back.size < target.members.length;
  if (!isParted) return null;
  const opened = await moveToNewStory(tx, target, back, editor);
  // Who knows it by its old number finds it.
  await tx.stories.redirect(first!, opened);
  return opened;
}

/** Moved reports keep the time at which they joined, so that an old story does not come back as new. */
async function moveToNewStory(
  tx: Store,
  source: StoryWithMembers,
  moving: ReadonlySet<number>,
  { who, now }: Editor,
): Promise<number> {
  const id = await tx.stories.nextId();
  await tx.stories.create({ id, at: now });
  const firstOfOrigin = new Map<number, number>();
  for (const member of source.members) {
    if (!moving.has(member.articleId)) continue;
    const originId = firstOfOrigin.get(member.originId) ?? member.articleId;
    firstOfOrigin.set(member.originId, originId);
    await tx.stories.join({ ...member, storyId: id, originId }, who);
  }
  // What stays may have lost the first of its origin.
  const staying = new Map<number, number>();
  for (const member of source.members) {
    if (moving.has(member.articleId) || !moving.has(member.originId)) continue;
    const originId = staying.get(member.originId) ?? member.articleId;
    staying.set(member.originId, originId);
    await tx.stories.join({ ...member, originId }, who);
  }
  return id;
}

async function findStory(store: Store, id: number): Promise<StoryWithMembers> {
  const story = await store.stories.get(id);
  if (!story)
    throw new UserError('no-such-story', `there is no story ${id}`, { hint: 'See `stories list`.' });
  return story;
}

function record(
  tx: Store,
  { who, why, now }: Editor,
  edit: Pick<StoryEdit, 'kind' | 'storyIds' | 'articleIds'> & Partial<Pick<StoryEdit, 'scope'>>,
): Promise<StoryEdit> {
  return tx.stories.recordEdit({ scope: null, ...edit, who, why, at: now });
}
