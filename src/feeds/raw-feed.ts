/** A piece of text as a document carries it: what it is marked up in is known for Atom and guessed for the rest. */
export interface RawText {
  value: string;
  kind: 'text' | 'html' | 'unknown';
}

export interface RawLink {
  href: string;
  rel: string;
  type: string;
  /** `xml:base` in force at the element. */
  base: string | null;
}

/** An entry as a reader found it: nothing resolved, nothing decided. */
export interface RawEntry {
  id: string | null;
  /** The id is the address of the entry, save where its writer says that it is not. */
  idIsLink: boolean;
  links: RawLink[];
  titles: RawText[];
  /** Whole texts. */
  contents: RawText[];
  /** Teasers. */
  summaries: RawText[];
  published: string[];
  updated: string[];
  authors: string[];
  categories: string[];
  thumbnails: string[];
  /** Where an aggregator has it from: a name and an address. */
  source: { name: string; url: string | null } | null;
  language: string | null;
  base: string | null;
}

export interface RawFeed {
  /** Its texts hold no odd characters, save as references of HTML; see `hasOddCharacters`. */
  clean?: boolean;
  titles: RawText[];
  links: RawLink[];
  language: string | null;
  base: string | null;
  /** Persons who wrote the entries that name nobody. */
  authors: string[];
  entries: RawEntry[];
  /** Minutes. */
  ttl: string | null;
  updatePeriod: string | null;
  updateFrequency: string | null;
  skipHours: string[];
  skipDays: string[];
}
