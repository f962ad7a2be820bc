import type { Topic } from './compile-topic.ts';
import { isThirdParty, joinSides, type Segment, sideOf } from './join-sides.ts';

/** Words by which a sentence goes on about the person of the sentence before. */
const SPEAKER =
  /(?<!\p{L})(?:he|his|him|she|her|according to him|он|его|ему|им|она|ее|её|ей|il|lui|elle)(?!\p{L})|그는|그의|同氏|氏は|彼は|彼の|他说|他說|他表示|他还|他還/iu;

/**
 * `… Putin said in Hanoi. The treaty with Pyongyang, he said, …`: a sentence that names one side and speaks of `him`
 * implies the other where the sentence before is about a person of it and about nobody else.
 */
export function carrySpeakers(segments: Segment[], text: string, topic: Topic, all: number): void {
  for (let i = 1; i < segments.length; i++) {
    const s = segments[i]!;
    const before = segments[i - 1]!;
    if (s.together !== 'no' || s.sides === 0 || before.in === 'title') continue;
    const missing = all & ~s.sides;
    if (before.sides !== missing || !SPEAKER.test(text.slice(s.start, s.end))) continue;
    const people = before.mentions.filter((m) => personSide(m, topic) >= 0);
    const others = [before, s].some(({ mentions }) =>
      mentions.some((m) => isThirdParty(m, topic) && topic.entities[m.index]!.kind === 'person'),
    );
    if (people.length === 0 || others) continue;
    s.implied |= missing;
    joinSides(s, text, topic, all);
  }
}

function personSide(m: Segment['mentions'][number], topic: Topic): number {
  const side = sideOf(m, topic);
  return side >= 0 && topic.entities[m.index]!.kind === 'person' ? side : -1;
}
