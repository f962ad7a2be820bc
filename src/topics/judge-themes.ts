import type { Topic } from './compile-topic.ts';
import type { Segment } from './join-sides.ts';
import type { Evidence } from './read-evidence.ts';

/** A theme's word in the title, in a sentence that names all sides, in another sentence. */
const POINTS = { title: 3, together: 1.5, elsewhere: 0.7 } as const;
/** Points a theme needs, and the share of the strongest theme's points it needs besides; the strongest needs less. */
const LEAST = 1.4;
const SHARE = 0.15;
const LEAST_ALONE = 0.7;

/** Theme slugs that hold, strongest first. */
export function judgeThemes(evidence: Evidence, topic: Topic): string[] {
  const points = new Float64Array(topic.themes.length);
  const { title, sentences } = evidence;
  sentences.forEach((s, i) => {
    // The lead says what a text is about; the same word counts less further down.
    const each = i < 2 || s.together === 'yes' ? POINTS.together : POINTS.elsewhere;
    themesIn(s).forEach((words, theme) => {
      points[theme]! += each * Math.min(words, each === POINTS.elsewhere ? 2 : 1);
    });
  });
  for (const theme of themesIn(title).keys()) points[theme]! += POINTS.title;
  const best = Math.max(...points);
  return topic.themes
    .map(({ slug }, i) => ({ slug, points: points[i]! }))
    .filter(
      (t) => (t.points >= LEAST && t.points >= best * SHARE) || (t.points === best && best >= LEAST_ALONE),
    )
    .sort((a, b) => b.points - a.points)
    .map((t) => t.slug);
}

/** Themes of a segment with how many words of theirs it has. */
function themesIn(s: Segment): Map<number, number> {
  const themes = new Map<number, number>();
  for (const m of s.mentions) if (m.role === 'theme') themes.set(m.index, (themes.get(m.index) ?? 0) + 1);
  return themes;
}
