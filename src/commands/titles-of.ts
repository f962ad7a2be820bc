import type { TopicHeading } from '../digests/build-digest.ts';
import type { Locale } from '../model/digest.ts';

/** Topics or themes as people call them; what is configured no more, by its slug. */
export function titlesOf(
  slugs: readonly string[],
  known: readonly Pick<TopicHeading, 'slug' | 'title'>[],
  locale: Locale,
): string {
  const titles = new Map(known.map(({ slug, title }) => [slug, title[locale] ?? title.en]));
  return slugs.map((slug) => titles.get(slug) ?? slug).join(', ');
}
