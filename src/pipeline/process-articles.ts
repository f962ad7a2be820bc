import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Article } from '../model/article.ts';
import { FenceError } from '../model/errors.ts';
import { paced } from '../model/right-of-way.ts';
import type { Verdict } from '../model/topic.ts';
import type { Store, StoredVerdict } from '../store/store.ts';
import { createGrouper, type Grouper } from '../stories/group-articles.ts';
import type { GroupedArticle } from '../stories/live-article.ts';
import type { Topic } from '../topics/compile-topic.ts';
import { judgeArticle } from '../topics/judge-article.ts';
import type { SecondOpinion } from '../topics/second-opinion.ts';

const LEASE = 'grouper';
const LEASE_MS = 60_000;
const CURSOR = 'processed-sequence';
const BATCH = 200;
/** Judging gives way to people and sockets this often, ms. */
const PACE_MS = 8;
/** How far back stories stay open for new members. */
const LIVE_MS = 10 * 86_400_000;

export interface ProcessDeps {
  store: Store;
  topics: readonly Topic[];
  /** This instance, unique. */
  owner: string;
  log: Logger;
  /** Called between articles, so that a batch holds nobody up. */
  giveWay?: () => Promise<void>;
  /** Asks a model about verdicts in doubt, where one is configured. */
  secondOpinion?: SecondOpinion;
  /** Called in the transaction that stores the verdicts and stories of a batch: alerts are queued with them or not at all. */
  onProcessed?: (store: Store, articles: ProcessedArticle[], now: number) => Promise<void>;
}

export interface ProcessedArticle {
  article: Article;
  verdicts: Verdict[];
  /** Null where no topic wants it. */
  storyId: number | null;
}

export interface Processor {
  /** Judges, groups and indexes what was ingested since the last call, in ingest order. @returns how many articles */
  run(now: () => number, signal?: AbortSignal): Promise<number>;
  release(): Promise<void>;
}

/** The grouper in memory, and what it was built under. */
interface Grouping {
  grouper: Grouper;
  fence: number;
  edits: string;
}

/**
 * The one leased grouper of all instances. Its place in the ingest order is written with its results in one
 * transaction, so a kill at any moment repeats nothing and skips nothing; what it keeps in memory is rebuilt from the
 * store whenever the lease came from somebody else or a person has merged or split stories.
 */
export function createProcessor({
  store,
  topics,
  owner,
  log,
  giveWay = nextTurn,
  secondOpinion,
  onProcessed,
}: ProcessDeps): Processor {
  let state: Grouping | null = null;
  /** Articles that the stages cannot take: they are stored and searched, judged and grouped they are not. */
  const unfit = new Set<number>();

  return {
    async run(now, signal) {
      const lease = await store.leases.acquire(LEASE, owner, LEASE_MS, now());
      if (!lease) return 0;
      let total = 0;
      while (!signal?.aborted) {
        const edits = await editsKey(store);
        if (state?.fence !== lease.fence || state.edits !== edits)
          state = {
            grouper: await restoreGrouper(store, topics, now() - LIVE_MS),
            fence: lease.fence,
            edits,
          };
        const count = await runBatch(state, now, signal);
        // Somebody merged or split stories while the batch was being judged: it is taken again.
        if (count === null) continue;
        total += count;
        if (count < BATCH) break;
      }
      return total;
    },
    async release() {
      state = null;
      await store.leases.release(LEASE, owner);
    },
  };

  async function runBatch(
    { grouper, fence, edits }: Grouping,
    now: () => number,
    signal?: AbortSignal,
  ): Promise<number | null> {
    const cursor = Number((await store.meta.get(CURSOR)) ?? 0);
    const articles = await store.articles.since(cursor, BATCH);
    if (!articles.length) return 0;
    const judged: { article: Article; verdicts: Verdict[] }[] = [];
    const pace = paced(giveWay, PACE_MS);
    for (const article of articles) {
      judged.push({ article, verdicts: judge(article) });
      await pace();
    }
    if (secondOpinion) {
      const doubts = judged.flatMap(({ article, verdicts }) =>
        verdicts.map((verdict) => ({ article, verdict })),
      );
      const reviewed = (await secondOpinion.review(doubts, signal)).values();
      for (const entry of judged)
        entry.verdicts = entry.verdicts.map((verdict) => reviewed.next().value ?? verdict);
    }
    try {
      const done = await store.transaction(async (tx) => {
        const at = now();
        const held = await tx.leases.acquire(LEASE, owner, LEASE_MS, at);
        if (held?.fence !== fence) throw new FenceError('grouping');
        if ((await editsKey(tx)) !== edits) return false;
        await tx.verdicts.saveMany(
          judged.flatMap(({ article, verdicts }) => verdicts.map((v) => stored(article, v))),
        );
        // An id is drawn from the store for each new story: ids are never given twice, whoever draws them.
        let spare: number | null = null;
        const allocate = () => {
          const id = spare!;
          spare = null;
          return id;
        };
        const processed: ProcessedArticle[] = [];
        for (const { article, verdicts } of judged) {
          spare ??= await tx.stories.nextId();
          processed.push({
            article,
            verdicts,
            storyId: await groupOne(tx, grouper, article, verdicts, at, allocate),
          });
        }
        await tx.search.put(judged.map(({ article, verdicts }) => ({ ...article, verdicts })));
        await onProcessed?.(tx, processed, at);
        await tx.meta.set(CURSOR, String(articles.at(-1)!.sequence));
        return true;
      });
      if (!done) return null;
    } catch (error) {
      // The grouper in memory has seen what the database has not: forget it, the next run rebuilds it.
      state = null;
      for (const { article, verdicts } of judged) if (!canGroup(article, verdicts)) giveUp(article, error);
      throw error;
    }
    log.debug({ articles: articles.length }, 'articles processed');
    return articles.length;
  }

  /** One article that a stage chokes on must not hold up all behind it. */
  function judge(article: Article): Verdict[] {
    if (unfit.has(article.id)) return [];
    try {
      return topics.map((topic) => judgeArticle(article, topic));
    } catch (error) {
      giveUp(article, error);
      return [];
    }
  }

  /** Tried by itself, so that a fault of the database is never laid on an article. */
  function canGroup(article: Article, verdicts: Verdict[]): boolean {
    try {
      createGrouper().assign(toGrouped(article, verdicts, 0), () => 1);
      return true;
    } catch {
      return false;
    }
  }

  function giveUp(article: Article, err: unknown): void {
    unfit.add(article.id);
    log.error({ err, article: article.id }, 'an article could not be processed and is left out of stories');
  }
}

async function groupOne(
  tx: Store,
  grouper: Grouper,
  article: Article,
  verdicts: Verdict[],
  at: number,
  allocate: () => number,
): Promise<number | null> {
  const wanted = verdicts.some((verdict) => verdict.relevant);
  const current = article.revision > 1 ? await tx.stories.ofArticle(article.id) : null;
  if (!wanted) {
    if (current) {
      grouper.remove(article.id);
      await tx.stories.leave(current.id, article.id, 'engine', at);
    }
    return null;
  }
  const grouped = toGrouped(article, verdicts, at);
  if (current) {
    grouper.revise(grouped);
    await tx.stories.touch(current.id, at);
    return current.id;
  }
  let isNew = false;
  const { storyId, originId, merged, reattributed } = grouper.assign(grouped, () => {
    isNew = true;
    return allocate();
  });
  if (isNew) await tx.stories.create({ id: storyId, at });
  await tx.stories.join({ storyId, articleId: article.id, originId, joinedAt: at }, 'engine');
  for (const { from, into } of merged) await tx.stories.merge(from, into, 'engine', at);
  for (const member of reattributed) await tx.stories.join(member, 'engine');
  return storyId;
}

/** Puts the live members back in the order in which they joined. */
async function restoreGrouper(store: Store, topics: readonly Topic[], since: number): Promise<Grouper> {
  const grouper = createGrouper({ windowMs: LIVE_MS, edits: await store.stories.edits() });
  const members = await store.stories.liveMembers(since);
  for (let i = 0; i < members.length; i += 500) {
    const part = members.slice(i, i + 500);
    const ids = part.map((member) => member.articleId);
    const articles = new Map((await store.articles.getMany(ids)).map((article) => [article.id, article]));
    const verdicts = (
      await Promise.all(topics.map((topic) => store.verdicts.ofMany(ids, topic.slug)))
    ).flat();
    const byArticle = Map.groupBy(verdicts, (verdict) => verdict.articleId);
    for (const { articleId, storyId, originId, joinedAt } of part) {
      const article = articles.get(articleId);
      if (article)
        grouper.restore(toGrouped(article, byArticle.get(articleId) ?? [], joinedAt), storyId, originId);
    }
  }
  return grouper;
}

function toGrouped(
  article: Article,
  verdicts: readonly Pick<Verdict, 'entities' | 'sides'>[],
  ingestedAt: number,
): GroupedArticle {
  return {
    id: article.id,
    content: article,
    entities: [...new Set(verdicts.flatMap((verdict) => verdict.entities))].sort(),
    sides: [...new Set(verdicts.flatMap((verdict) => verdict.sides))].sort(),
    ingestedAt,
  };
}

function stored(article: Article, verdict: Verdict): StoredVerdict {
  return { ...verdict, articleId: article.id, revision: article.revision };
}

/** Changes whenever a person has merged, split or undone. */
async function editsKey(store: Store): Promise<string> {
  const edits = await store.stories.edits();
  return edits.map((edit) => edit.id).join();
}
