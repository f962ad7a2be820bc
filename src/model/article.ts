import type { OutletRef } from './outlet.ts';
import type { Scope } from './scope.ts';

/** What the stages read of an article: judging, grouping, summarizing and matching need no more. */
export interface ArticleContent {
  /** Canonical URL, null where the feed has none that tells entries apart. */
  url: string | null;
  title: string;
  /** The best plain text known: full text, else content, else summary; paragraphs split by `\n\n`; '' where none. */
  text: string;
  /** BCP 47 primary subtag, `und` where unknown. */
  language: string;
  /** Milliseconds UTC; shown to people, never used to decide what is new. */
  published: number;
  outlet: OutletRef;
}

/** One normalized entry of a feed. */
export interface Article extends ArticleContent {
  id: number;
  /** The key it is known by: `url:<canonical>`, `guid:<outlet>:<guid>`, `title:<outlet>:<title>` or `hash:<outlet>:<title+day>`. */
  identity: string;
  /** Ingest order, unique, growing, of the revision last stored: ingest order decides. */
  sequence: number;
  /** 1 at first sight; a changed title or text is the next one. */
  revision: number;
  firstSeen: number;
  /** First seen with a published time older than 72 h: kept for search and stories, posted nowhere by itself. */
  backfill: boolean;
  /** Where it may be seen: the scopes of the feeds that carry it. */
  scopes: Scope[];
  authors: string[];
  categories: string[];
  thumbnail: string | null;
  /** The page of a feed with `fullText: relevant` has been read. */
  fullText: boolean;
}

/** A normalized entry that has not been stored yet. */
export type NewArticle = Omit<Article, 'id' | 'sequence' | 'revision' | 'scopes' | 'outlet' | 'fullText'> & {
  outletId: number;
  guid: string | null;
  /** The title as titles are compared; the title itself where absent. */
  titleKey?: string;
  /** Whose article an aggregator's link leads to that cannot be read: by name and domain. */
  creditedTo?: { name: string; domain: string | null } | null;
  /** What it is known by where its address has been another article's; null where only the address tells. */
  otherIdentity?: string | null;
};
