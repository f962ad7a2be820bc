import type { Topic } from './compile-topic.ts';
import type { Evidence } from './read-evidence.ts';

/** A theme's word in the title, in a sentence that names all sides, in another sentence. */
const POINTS = { title: 3, together: 1.5, elsewhere: 0.7 } as const;
/** Points a theme needs, and the share of the strongest theme's points it needs besides. */
const LEAST = 1.4;
const SHARE = 0.25;

/** Theme slugs that hold, strongest first. */
export function judgeThemes(evidence: Evidence, topic: Topic): string[] {
  const points = new Float64Array(topic.themes.length);
  const { title, sentences } = evidence;
  sentences.forEach((s, i) => {
    // The lead says what a text is about; the same word counts less and less further down.
    const place = i < 2 || s.together === 'yes' ? POINTS.together : POINTS.elsewhere;
    for (const theme of themesIn(s.mentions)) points[theme]! += place;
  });
  for (const theme of themesIn(title.mentions)) points[theme]! += POINTS.title;
  const best = Math.max(...points);
  return topic.themes
    .map(({ slug }, i) => ({ slug, points: points[i]! }))
    .filter((t) => t.points >= LEAST && t.points >= best * SHARE)
    .sort((a, b) => b.points - a.points)
    .map((t) => t.slug);
}

function themesIn(mentions: Evidence['title']['mentions']): Set<number> {
  const themes = new Set<number>();
  for (const m of mentions) if (m.role === 'theme') themes.add(m.index);
  return themes;
}
