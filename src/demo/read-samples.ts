import { z } from 'zod';
import { readYaml } from '../config/read-yaml.ts';

const outlet = z.strictObject({
  slug: z.string(),
  name: z.string(),
  country: z.string(),
  language: z.string(),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  stateMedia: z.boolean().default(false),
});
const outletsFile = z.strictObject({
  outlets: z.array(
    outlet.extend({
      format: z.enum(['rss2', 'rss1', 'atom', 'json']),
      charset: z.enum(['utf-8', 'iso-8859-1', 'windows-1251', 'euc-kr']),
    }),
  ),
  broken: z.array(outlet.extend({ fault: z.enum(['web-page', 'old-entries']) })),
});

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const article = z.strictObject({
  id: z.string(),
  outlet: z.string(),
  at: moment,
  /** The event it reports; absent for what is off topic. */
  event: z.string().optional(),
  kind: z.enum(['report', 'analysis', 'opinion', 'roundup', 'statement']).default('report'),
  /** The article whose report this one repeats. */
  origin: z.string().optional(),
  title: z.string(),
  text: z.string(),
});
const roundFile = z.strictObject({
  at: moment,
  /** The badge each event must get at the end of this round; others must not appear. */
  expect: z.record(z.string(), z.enum(['NEW', 'UPDATED', 'CORRECTED'])),
  revised: z.array(article.pick({ id: true, at: true, title: true, text: true })).default([]),
  shuffled: z.array(z.string()).default([]),
  articles: z.array(article),
});

export type SampleOutlet = z.output<typeof outletsFile>['outlets'][number];
export type BrokenOutlet = z.output<typeof outletsFile>['broken'][number];
export type SampleArticle = z.output<typeof article>;
export type SampleRound = z.output<typeof roundFile>;

export interface Samples {
  outlets: SampleOutlet[];
  broken: BrokenOutlet[];
  rounds: SampleRound[];
}

const FOLDER = new URL('../../samples/', import.meta.url);

/** The sample feeds of this project, and its own gold: what is relevant, what belongs together, what is new. */
export function readSamples(): Samples {
  const path = (name: string) => new URL(name, FOLDER).pathname;
  const { outlets, broken } = readYaml(path('outlets.yaml'), outletsFile);
  return { outlets, broken, rounds: [1, 2, 3].map((n) => readYaml(path(`round-${n}.yaml`), roundFile)) };
}
