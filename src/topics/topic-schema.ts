import { z } from 'zod';
import { FEATURES } from './feature-names.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a slug is lower-case words joined by hyphens');
const localized = z.strictObject({ en: z.string(), ko: z.string().optional(), ru: z.string().optional() });

/** Words by language: BCP 47 primary subtag, or `any` for words that every language writes alike. */
const words = z.record(
  z.string().regex(/^([a-z]{2,3}|any)$/, 'a language is a code such as `en`, or `any`'),
  z.array(z.string().trim().min(1)).min(1),
);

const entity = z.strictObject({
  /** Countries make a list: `Russia, China, Iran and North Korea`. */
  kind: z.enum(['country', 'person', 'place', 'organization', 'unit', 'weapon', 'thing']).default('thing'),
  aliases: words.optional(),
  /** Aliases that count only where either side is named clearly, or another side's shorthand stands in the sentence. */
  shorthand: words.optional(),
  /** Aliases that count only where their own side is named clearly. */
  ambiguous: words.optional(),
});

const side = z.strictObject({
  title: localized,
  entities: z
    .record(slug, entity)
    .refine((entities) => Object.keys(entities).length > 0, 'a side needs at least one entity'),
  /** Words that mean this side where another side is named: a known war, a known deployment. */
  implied: words.optional(),
});

const weight = z.number().min(-20, 'a weight lies in -20 to 20').max(20, 'a weight lies in -20 to 20');

/** A topic file. docs/topics.md explains every key. */
export const topicSchema = z.strictObject({
  slug,
  title: localized,
  sides: z.record(slug, side).refine((sides) => {
    const count = Object.keys(sides).length;
    return count === 1 || count === 2;
  }, 'a topic has one side or two'),
  /** Words that name both sides at once. */
  pairs: words.optional(),
  /** Words that name both sides among others. */
  groups: words.optional(),
  /** Third parties and places that tell events apart. */
  others: z.record(slug, entity).optional(),
  /** Words that say what the sides have to do with each other. */
  cues: words,
  /** Words that join the members of a list or group, so that it is about what they do together. */
  unity: words.optional(),
  /** Longer words that contain an alias and mean something else. */
  masks: words.optional(),
  /** Kinds of text that are not news of the topic, by name. */
  exclusions: z.record(slug, words).optional(),
  themes: z
    .record(slug, z.strictObject({ title: localized, words }))
    .refine((themes) => Object.keys(themes).length > 0, 'a topic needs at least one theme'),
  /** Written by scripts/fit-topic.ts. */
  weights: z.strictObject(
    Object.fromEntries(['bias', ...FEATURES].map((name) => [name, weight])) as Record<string, typeof weight>,
  ),
  /** A score from here on is relevant. */
  threshold: z.number().gt(0, 'a threshold lies between 0 and 1').lt(1, 'a threshold lies between 0 and 1'),
});

export type TopicDefinition = z.infer<typeof topicSchema>;
export type WordsByLanguage = z.infer<typeof words>;
export type EntityDefinition = z.infer<typeof entity>;
