import { readAlias } from './read-alias.ts';
import type { EntityDefinition, TopicDefinition, WordsByLanguage } from './topic-schema.ts';

/** What zod cannot see: words that contradict each other across a topic file. */
export interface Conflict {
  path: (string | number)[];
  reason: string;
  hint: string;
}

/** The first side without a clear alias, or alias that stands on two sides; null where there is none. */
export function findConflict(definition: TopicDefinition): Conflict | null {
  const owner = new Map<string, { side: string; alias: string }>();
  for (const [side, { entities }] of Object.entries(definition.sides)) {
    if (!Object.values(entities).some((entity) => entity.aliases))
      return {
        path: ['sides', side],
        reason: `side \`${side}\` has no clear alias: nothing would ever be found on it`,
        hint: 'Give at least one of its entities `aliases`.',
      };
    for (const [slug, entity] of Object.entries(entities))
      for (const { path, alias, language } of aliasesOf(entity, ['sides', side, 'entities', slug])) {
        const key = `${language}:${readAlias(alias, language, true).forms[0]!.join()}`;
        const other = owner.get(key);
        if (other && other.side !== side)
          return {
            path,
            reason: `alias \`${alias}\` stands on both sides: it is on \`${other.side}\`${other.alias === alias ? '' : ` as \`${other.alias}\``} and on \`${side}\``,
            hint: 'A word that names both sides at once belongs in `pairs`.',
          };
        owner.set(key, { side, alias });
      }
  }
  return null;
}

function* aliasesOf(entity: EntityDefinition, at: string[]) {
  for (const key of ['aliases', 'shorthand', 'ambiguous'] as const)
    for (const [language, list] of Object.entries((entity[key] ?? {}) as WordsByLanguage))
      for (const [i, alias] of list.entries()) yield { path: [...at, key, language, i], alias, language };
}
