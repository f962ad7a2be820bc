import type { ArticleContent } from '../model/article.ts';
import { contentSpans } from '../text/boilerplate.ts';
import { splitSentences } from '../text/sentences.ts';
import { carrySpeakers } from './carry-speakers.ts';
import type { Topic } from './compile-topic.ts';
import { findMentions, type Mention } from './find-mentions.ts';
import { joinSides, type Segment, sideOf } from './join-sides.ts';

/** Longer texts are judged by their beginning: what stands after it does not decide what they are about. */
const MAX_TEXT = 20_000;

/** What the text of an article says that matters to a topic. */
export interface Evidence {
  title: Segment;
  sentences: Segment[];
  /** Sides named anywhere, one bit each; `all` has every side's bit. */
  sides: number;
  all: number;
}

/** Reads an article once: its words of the topic, sentence by sentence, page furniture left out. */
export function readEvidence(article: ArticleContent, topic: Topic): Evidence {
  const vocabulary = topic.vocabulary(article.language);
  const text = article.text.length > MAX_TEXT ? article.text.slice(0, MAX_TEXT) : article.text;
  const title = segment('title', 0, article.title.length, findMentions(article.title, vocabulary));
  const sentences: Segment[] = [];
  if (text !== '') {
    const mentions = findMentions(text, vocabulary);
    let at = 0;
    // Most news names no side at all: its sentences need not be found.
    const worthReading = namesSide(title.mentions, topic) || namesSide(mentions, topic);
    for (const span of worthReading ? contentSpans(text, article.language) : [])
      for (const sentence of splitSentences(text.slice(span.start, span.end), article.language)) {
        const start = span.start + sentence.start;
        const end = span.start + sentence.end;
        while (at < mentions.length && mentions[at]!.start < start) at++;
        const from = at;
        while (at < mentions.length && mentions[at]!.start < end) at++;
        sentences.push(segment('text', start, end, mentions.slice(from, at)));
      }
  }

  const segments = [title, ...sentences];
  keepWhatCounts(segments, article.title, text, topic);
  const all = (1 << topic.sides.length) - 1;
  let sides = 0;
  for (const s of segments) {
    joinSides(s, s.in === 'title' ? article.title : text, topic, all);
    sides |= s.sides;
  }
  carrySpeakers([title, ...sentences], text, topic, all);
  return { title, sentences, sides, all };
}

function namesSide(mentions: Mention[], topic: Topic): boolean {
  return mentions.some((m) => m.role === 'pair' || m.role === 'group' || sideOf(m, topic) >= 0);
}

function segment(place: Segment['in'], start: number, end: number, mentions: Mention[]): Segment {
  return {
    in: place,
    start,
    end,
    mentions,
    sides: 0,
    implied: 0,
    together: 'no',
    cue: 0,
    unity: 0,
    thirdActs: false,
    gap: Number.POSITIVE_INFINITY,
  };
}

/** Drops ambiguous words without the company they need. */
function keepWhatCounts(segments: Segment[], title: string, text: string, topic: Topic): void {
  let clearSides = 0;
  const clearEntities = new Set<number>();
  for (const s of segments)
    for (const m of s.mentions) {
      if (m.role === 'pair' || m.role === 'group') clearSides = (1 << topic.sides.length) - 1;
      else if (m.role === 'clear') {
        const { side } = topic.entities[m.index]!;
        if (side >= 0) clearSides |= 1 << side;
        clearEntities.add(m.index);
      }
    }
  clearSides |= confirmed(segments, title, text, clearSides, topic);
  for (const s of segments) {
    let shorthandSides = 0;
    let clearHere = 0;
    for (const m of s.mentions) {
      if (m.role !== 'shorthand' && m.role !== 'clear') continue;
      const { side } = topic.entities[m.index]!;
      if (side < 0) continue;
      if (m.role === 'shorthand') shorthandSides |= 1 << side;
      else clearHere |= 1 << side;
    }
    const words = s.in === 'title' ? title : text;
    const several = (shorthandSides & (shorthandSides - 1)) !== 0;
    s.mentions = s.mentions.filter((m) => {
      if (m.role === 'shorthand') return several || clearSides !== 0 || clearEntities.has(m.index);
      if (m.role !== 'ambiguous') return true;
      const { side } = topic.entities[m.index]!;
      if (clearEntities.has(m.index) || (side >= 0 && (clearSides & (1 << side)) !== 0)) return true;
      return side >= 0 && (clearHere & ~(1 << side)) !== 0 && !isPartOfName(words, m);
    });
  }
}

/** Two ambiguous names of one side confirm each other where another side is clear: `the North` and `Kim`. */
function confirmed(segments: Segment[], title: string, text: string, clear: number, topic: Topic): number {
  const seen = new Map<number, number>();
  let sides = 0;
  for (const s of segments)
    for (const m of s.mentions) {
      if (m.role !== 'ambiguous') continue;
      const { side } = topic.entities[m.index]!;
      if (side < 0 || (clear & ~(1 << side)) === 0 || isPartOfName(s.in === 'title' ? title : text, m))
        continue;
      const other = seen.get(side);
      if (other !== undefined && other !== m.index) sides |= 1 << side;
      seen.set(side, m.index);
    }
  return sides;
}

/** Words that begin a sentence or stand in a title before a name and are no part of it. */
const NO_FIRST_NAME =
  /(?:^|[^\p{L}])(?:A|After|Although|And|As|At|Because|Before|Both|But|By|Can|Could|Did|Does|For|From|Give|How|If|In|Is|Like|May|Not|Of|On|Or|Over|Says|Since|So|That|Than|The|Then|Though|To|Under|Until|What|When|Where|Whether|While|Why|Will|With|Without|Would|Yet)[ -]$/u;

/** A capitalized word stands before or after it: `Kim Ha-eun` is somebody else. */
function isPartOfName(text: string, { start, end }: Mention): boolean {
  const before = text.slice(Math.max(0, start - 20), start);
  return (
    /^[ -]\p{Lu}/u.test(text.slice(end, end + 2)) ||
    (/\p{Lu}[\p{L}.]*[ -]$/u.test(before) && !NO_FIRST_NAME.test(before))
  );
}
