import { buildAutomaton, type KeywordAutomaton } from '../text/keyword-automaton.ts';
import type { Features } from './feature-names.ts';
import { KIND_CUES } from './kind-cues.ts';
import { type AliasRule, readAlias } from './read-alias.ts';
import type { EntityDefinition, TopicDefinition, WordsByLanguage } from './topic-schema.ts';

/** What a matched word stands for; `index` counts entities, sides, exclusions, themes or kind cues. */
export type Role =
  | 'clear'
  | 'shorthand'
  | 'ambiguous'
  | 'implied'
  | 'pair'
  | 'group'
  | 'mask'
  | 'cue'
  | 'unity'
  | 'exclusion'
  | 'theme'
  | 'kind';

export interface Meaning {
  role: Role;
  index: number;
  rule: AliasRule;
}

interface TopicEntity {
  slug: string;
  kind: EntityDefinition['kind'];
  /** Index in `sides`, -1 for third parties. */
  side: number;
}

/** The words of one language group with what they mean. */
export interface Vocabulary {
  automaton: KeywordAutomaton;
  /** By pattern. */
  meanings: Meaning[][];
  /** Symbols of each pattern. */
  lengths: Uint16Array;
}

/** A topic ready to judge with. */
export interface Topic {
  slug: string;
  title: { en: string; ko?: string; ru?: string };
  sides: { slug: string; title: { en: string; ko?: string; ru?: string } }[];
  entities: TopicEntity[];
  exclusions: string[];
  themes: { slug: string; title: { en: string; ko?: string; ru?: string } }[];
  weights: Features & { bias: number };
  threshold: number;
  vocabulary(language: string): Vocabulary;
}

/** Han is shared by three languages in which the same characters mean other things: only their own list is read. */
const HAN_LANGUAGES = ['ko', 'ja', 'zh'];

interface Word {
  language: string;
  alias: string;
  role: Role;
  index: number;
}

/** Builds the automata of a checked definition; each language group's at first use. */
export function compileTopic(definition: TopicDefinition): Topic {
  const words: Word[] = [];
  const add = (lists: WordsByLanguage | undefined, role: Role, index: number): void => {
    for (const [language, aliases] of Object.entries(lists ?? {}))
      for (const alias of aliases) words.push({ language, alias, role, index });
  };

  const entities: TopicEntity[] = [];
  const addEntities = (list: Record<string, EntityDefinition>, side: number) => {
    for (const [slug, entity] of Object.entries(list)) {
      const index = entities.push({ slug, kind: entity.kind, side }) - 1;
      add(entity.aliases, 'clear', index);
      add(entity.shorthand, 'shorthand', index);
      add(entity.ambiguous, 'ambiguous', index);
    }
  };
  Object.values(definition.sides).forEach((side, index) => {
    addEntities(side.entities, index);
    add(side.implied, 'implied', index);
  });
  addEntities(definition.others ?? {}, -1);
  add(definition.pairs, 'pair', 0);
  add(definition.groups, 'group', 0);
  add(definition.masks, 'mask', 0);
  add(definition.cues, 'cue', 0);
  add(definition.unity, 'unity', 0);
  const exclusions = Object.keys(definition.exclusions ?? {});
  Object.values(definition.exclusions ?? {}).forEach((list, index) => {
    add(list, 'exclusion', index);
  });
  const themes = Object.entries(definition.themes);
  themes.forEach(([, theme], index) => {
    add(theme.words, 'theme', index);
  });
  KIND_CUES.forEach((cue, index) => {
    add(cue.words, 'kind', index);
  });

  const vocabularies = new Map<string, Vocabulary>();
  return {
    slug: definition.slug,
    title: definition.title,
    sides: Object.entries(definition.sides).map(([slug, side]) => ({ slug, title: side.title })),
    entities,
    exclusions,
    themes: themes.map(([slug, theme]) => ({ slug, title: theme.title })),
    weights: definition.weights as Topic['weights'],
    threshold: definition.threshold,
    vocabulary(language) {
      const group = HAN_LANGUAGES.includes(language) ? language : 'other';
      let vocabulary = vocabularies.get(group);
      if (!vocabulary) {
        vocabulary = buildVocabulary(
          words.filter(
            (w) => group === 'other' || w.language === group || !HAN_LANGUAGES.includes(w.language),
          ),
        );
        vocabularies.set(group, vocabulary);
      }
      return vocabulary;
    },
  };
}

function buildVocabulary(words: Word[]): Vocabulary {
  const patterns: Uint16Array[] = [];
  const meanings: Meaning[][] = [];
  const byPattern = new Map<string, number>();
  for (const { alias, language, role, index } of words) {
    const { forms, rule } = readAlias(alias, language, NAMES.has(role));
    for (const pattern of forms) {
      const key = pattern.join();
      let at = byPattern.get(key);
      if (at === undefined) {
        at = patterns.push(pattern) - 1;
        meanings.push([]);
        byPattern.set(key, at);
      }
      const same = meanings[at]!.some(
        (m) => m.role === role && m.index === index && m.rule.exact === rule.exact,
      );
      if (!same) meanings[at]!.push({ role, index, rule });
    }
  }
  return {
    automaton: buildAutomaton(patterns),
    meanings,
    lengths: Uint16Array.from(patterns, (p) => p.length),
  };
}

/** Roles whose words are names: a longer one covers a shorter one inside it. */
export const NAMES: ReadonlySet<Role> = new Set<Role>([
  'clear',
  'shorthand',
  'ambiguous',
  'implied',
  'pair',
  'group',
  'mask',
]);
