import type { Signature } from '../text/signatures.ts';

/** An article of the live window. */
export interface LiveArticle {
  /** Grows with ingest order. */
  id: number;
  ingestedAt: number;
  published: number;
  language: string;
  outlet: string;
  /** Names by which others cite its outlet, see find-origins.ts. */
  names: string[];
  /** How many entities of a topic it names. */
  entities: number;
  /** Term ids, those of the title first, and their integer weights. */
  terms: Int32Array;
  weights: Uint8Array;
  titleTerms: number;
  /** Terms from here on mean the same in every language, see article-terms.ts. */
  textTerms: number;
  /** Bits of each term, see article-terms.ts. */
  flags: Uint8Array;
  headless: boolean;
  /** A comment or an analysis by its title. */
  view: boolean;
  /** Telling numbers it states: of two digits or more, years aside. */
  numbers: string[];
  signature: Signature | null;
  /** Agencies and outlets it names as its source. */
  credits: string[];
  /** Whatever else it cites. */
  cited: string[];
  story: LiveStory;
  originId: number;
}

export interface LiveStory {
  id: number;
  /** In ingest order. */
  members: LiveArticle[];
  /** Term id → number of members that have it; null while there is one member, whose terms say it. */
  profile: Map<number, number> | null;
  /** Scratch of the query that is numbered `query`. */
  query: number;
  score: number;
}

/** A term with the stories that have it; dead stories may still stand in the list. */
interface Term {
  text: string;
  stories: LiveStory[];
  live: number;
}

/** Working room of one query, by term id. */
interface Scratch {
  weight: Float64Array;
  inTitle: Uint8Array;
  mark: Uint8Array;
}

/** Logarithms of the frequencies that terms have, made once. */
const LOGS = Float64Array.from({ length: 8192 }, (_, frequency) => Math.log(frequency + 0.5));

/** A story that shares less than this part of what the best one shares is not looked at closely. */
const WORTH_A_LOOK = 0.3;

/** Pseudo-stories behind the background counts: how long they outweigh what the window itself says. */
const BACKGROUND_STORIES = 2000;

/** Pseudo-stories behind the counts within a topic: few, since there the window itself says what is common. */
const TOPIC_STORIES = 40;

/**
 * Stories of the live window, found by their terms. Everything it answers is a function of the live articles
 * and of which story each is in, so an index rebuilt after a restart answers as the old one did.
 */
export class StoryIndex {
  readonly stories = new Map<number, LiveStory>();
  readonly articles = new Map<number, LiveArticle>();
  readonly #ids = new Map<string, number>();
  readonly #terms: (Term | undefined)[] = [];
  readonly #free: number[] = [];
  /** Stories that have the term, live and background together, by term id. */
  #frequency = new Int32Array(1 << 14);
  #scratch: Scratch = { weight: new Float64Array(0), inTitle: new Uint8Array(0), mark: new Uint8Array(0) };
  /** Live articles by language. */
  readonly #languages = new Map<string, number>();
  #logTotal = Math.log(BACKGROUND_STORIES + 1);
  #query = 0;
  readonly #background: (term: string) => number;

  /** @param background share of all stories that have a term, 0 to 1, from a large sample. */
  constructor(background: (term: string) => number) {
    this.#background = background;
  }

  /** Id of a term, which it gets at first sight. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#free.pop() ?? this.#terms.length;
    this.#ids.set(text, id);
    this.#terms[id] = { text, stories: [], live: 0 };
    if (id >= this.#frequency.length) {
      const wider = new Int32Array(this.#frequency.length * 2);
      wider.set(this.#frequency);
      this.#frequency = wider;
    }
    this.#frequency[id] = Math.round(this.#background(text) * BACKGROUND_STORIES);
    return id;
  }

  /** Zeros by term id, for the weights of one query; whoever borrows them leaves zeros. */
  scratch(): Scratch {
    if (this.#scratch.weight.length < this.#frequency.length)
      this.#scratch = {
        weight: new Float64Array(this.#frequency.length),
        inTitle: new Uint8Array(this.#frequency.length),
        mark: new Uint8Array(this.#frequency.length),
      };
    return this.#scratch;
  }

  /** Inverse story frequency: high for a term that few stories have. */
  idf(term: number): number {
    const frequency = this.#frequency[term]!;
    return this.#logTotal - (frequency < LOGS.length ? LOGS[frequency]! : Math.log(frequency + 0.5));
  }

  /** The same among what is live alone, the background being a hint: of a topic everything names its actors. */
  topicIdf(term: number): number {
    const live = this.#terms[term]!.live;
    const background = ((this.#frequency[term]! - live) * TOPIC_STORIES) / BACKGROUND_STORIES;
    return Math.log((this.stories.size + TOPIC_STORIES + 1) / (live + background + 0.5));
  }

  #setTotal(): void {
    this.#logTotal = Math.log(this.stories.size + BACKGROUND_STORIES + 1);
  }

  /** In how many live stories a term stands. */
  liveFrequency(term: number): number {
    return this.#terms[term]!.live;
  }

  textOf(term: number): string {
    return this.#terms[term]!.text;
  }

  /** Whether live articles are in more than one language. */
  get isMultilingual(): boolean {
    return this.#languages.size > 1;
  }

  /** In what share of a story's members a term stands. */
  share(story: LiveStory, term: number): number {
    if (story.profile) return (story.profile.get(term) ?? 0) / story.members.length;
    return story.members[0]!.terms.includes(term) ? 1 : 0;
  }

  /**
   * Stories that share the rarest of these terms, best first, at most `limit`.
   * @param budget most entries of posting lists that are read.
   */
  candidates(terms: Iterable<number>, limit: number, budget: number): LiveStory[] {
    const query = ++this.#query;
    const found: LiveStory[] = [];
    const rarest = [...terms].sort((a, b) => this.#terms[a]!.live - this.#terms[b]!.live);
    for (const id of rarest) {
      const term = this.#terms[id]!;
      if (!term.live) continue;
      budget -= term.live;
      if (budget < 0) break;
      const idf = this.idf(id);
      for (const story of term.stories) {
        if (!story.members.length) continue;
        if (story.query !== query) {
          story.query = query;
          story.score = 0;
          found.push(story);
        }
        story.score += story.profile ? (idf * story.profile.get(id)!) / story.members.length : idf;
      }
    }
    return strongest(found, limit);
  }

  add(article: LiveArticle): void {
    const { story, language } = article;
    this.#languages.set(language, (this.#languages.get(language) ?? 0) + 1);
    this.articles.set(article.id, article);
    this.stories.set(story.id, story);
    this.#setTotal();
    insertInOrder(story.members, article);
    if (story.members.length === 2) story.profile = profileOf(story.members.filter((m) => m !== article));
    for (const term of article.terms) this.#count(story, term, story.members.length > 1);
  }

  remove(article: LiveArticle): void {
    const { story, language } = article;
    const left = this.#languages.get(language)! - 1;
    if (left) this.#languages.set(language, left);
    else this.#languages.delete(language);
    this.articles.delete(article.id);
    story.members.splice(story.members.indexOf(article), 1);
    for (const term of article.terms) this.#uncount(story, term);
    if (story.members.length === 1) story.profile = null;
    if (!story.members.length) this.stories.delete(story.id);
    this.#setTotal();
  }

  /** Moves an article to another story, without losing its terms on the way. */
  move(article: LiveArticle, into: LiveStory): void {
    const from = article.story;
    article.story = into;
    this.add(article);
    article.story = from;
    this.remove(article);
    article.story = into;
    this.articles.set(article.id, article);
  }

  /** A revision takes the place of an article. */
  replace(old: LiveArticle, article: LiveArticle): void {
    // The new terms come first, so that a term of both is not forgotten in between.
    const { story } = old;
    story.members[story.members.indexOf(old)] = article;
    this.articles.set(article.id, article);
    const profile = story.profile;
    if (!profile) story.profile = new Map([...old.terms].map((term) => [term, 1]));
    for (const term of article.terms) this.#count(story, term, true);
    for (const term of old.terms) this.#uncount(story, term);
    story.profile = profile;
  }

  #count(story: LiveStory, id: number, hasProfile: boolean): void {
    if (hasProfile) {
      const had = story.profile!.get(id) ?? 0;
      story.profile!.set(id, had + 1);
      if (had) return;
    }
    const term = this.#terms[id]!;
    term.live++;
    this.#frequency[id]!++;
    term.stories.push(story);
  }

  #uncount(story: LiveStory, id: number): void {
    if (story.profile) {
      const left = story.profile.get(id)! - 1;
      if (left > 0) {
        story.profile.set(id, left);
        return;
      }
      story.profile.delete(id);
    }
    const term = this.#terms[id]!;
    term.live--;
    this.#frequency[id]!--;
    if (term.live === 0) {
      this.#ids.delete(term.text);
      this.#terms[id] = undefined;
      this.#free.push(id);
    } else if (story.members.length) term.stories.splice(term.stories.indexOf(story), 1);
    // A dead story leaves its entries to be swept together.
    else if (term.stories.length > 2 * term.live + 8)
      term.stories = term.stories.filter((other) => other.members.length > 0);
  }
}

/** The best scored, best first, equal ones by id: a whole sort of thousands would cost more than finding them. */
function strongest(found: readonly LiveStory[], limit: number): LiveStory[] {
  const top: LiveStory[] = [];
  for (const story of found) {
    let at = top.length;
    while (
      at > 0 &&
      (top[at - 1]!.score < story.score || (top[at - 1]!.score === story.score && top[at - 1]!.id > story.id))
    )
      at--;
    if (at >= limit) continue;
    top.splice(at, 0, story);
    if (top.length > limit) top.pop();
  }
  const least = WORTH_A_LOOK * (top[0]?.score ?? 0);
  return top.filter((story) => story.score >= least);
}

function insertInOrder(members: LiveArticle[], article: LiveArticle): void {
  let at = members.length;
  while (at > 0 && members[at - 1]!.id > article.id) at--;
  members.splice(at, 0, article);
}

function profileOf(members: readonly LiveArticle[]): Map<number, number> {
  const profile = new Map<number, number>();
  for (const member of members)
    for (const term of member.terms) profile.set(term, (profile.get(term) ?? 0) + 1);
  return profile;
}
