import { z } from 'zod';
import { isTimeZone } from '../model/time-zone.ts';
import { duration } from './duration.ts';

const zone = z
  .string()
  .refine(isTimeZone, 'not an IANA time zone')
  .meta({ examples: ['Asia/Seoul'] });
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day, HH:MM')
  .meta({ examples: ['08:00'] });
const language = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'not a language code')
  .meta({ examples: ['ko'] });
const url = z.url().meta({ examples: ['https://news.example.org/rss.xml'] });

/** `config/tumen.yaml`. Secrets are not here: they come from the environment. */
export const configSchema = z.strictObject({
  /** Folder of the database and caches. */
  home: z
    .string()
    .min(1)
    .default('./data')
    .meta({ examples: ['./data'] }),
  feeds: z
    .string()
    .min(1)
    .default('feeds.yaml')
    .meta({ examples: ['feeds.yaml'] }),
  topics: z
    .array(z.string().min(1))
    .min(1)
    .default(['topics/russia-north-korea.yaml'])
    .meta({ examples: [['topics/russia-north-korea.yaml']] }),
  log: z
    .strictObject({
      level: z
        .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .meta({ examples: ['info'] }),
    })
    .prefault({}),
  net: z
    .strictObject({
      /** Lets feeds live on private addresses and other ports: for people who know why. */
      allowPrivate: z
        .boolean()
        .default(false)
        .meta({ examples: [false] }),
      /** Goes into the user agent, so that a publisher can reach you. */
      contact: z
        .string()
        .default('https://github.com/tumen-bot/tumen')
        .meta({ examples: ['ops@example.org'] }),
      concurrency: z
        .int()
        .min(1)
        .max(512)
        .default(32)
        .meta({ examples: [32] }),
    })
    .prefault({}),
  polling: z
    .strictObject({
      interval: duration('15m').prefault('15m'),
      slowest: duration('12h').prefault('12h'),
    })
    .prefault({}),
  deliveries: z
    .strictObject({
      /** A digest that was due while tumen was down still goes out within this time, marked late. */
      grace: duration('3h').prefault('3h'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      articles: duration('365d').prefault('365d'),
      deliveries: duration('90d').prefault('90d'),
    })
    .prefault({}),
  /** Where alarms go: a digest that did not go out, feeds that nobody reads. */
  operators: z
    .strictObject({
      destination: z
        .string()
        .regex(/^(discord|slack):\S+$/, 'not platform:channel')
        .nullable()
        .default(null)
        .meta({ examples: ['discord:123456789012345678'] }),
    })
    .prefault({}),
  /** The digest that the console prints where no platform has a token. */
  console: z
    .strictObject({
      times: z.array(time).min(1).default(['08:00']),
      zone: zone.default('UTC'),
      languages: z.array(language).min(1).default(['en']),
      length: z
        .int()
        .min(1)
        .max(30)
        .default(10)
        .meta({ examples: [10] }),
    })
    .prefault({}),
  /** Health, metrics and, for Slack over HTTP, its requests. */
  http: z
    .strictObject({
      host: z
        .string()
        .default('127.0.0.1')
        .meta({ examples: ['127.0.0.1'] }),
      port: z
        .int()
        .min(0)
        .max(65_535)
        .default(8790)
        .meta({ examples: [8790] }),
    })
    .prefault({}),
  discord: z
    .strictObject({
      apiUrl: z
        .url()
        .default('https://discord.com/api')
        .meta({ examples: ['https://discord.com/api'] }),
      /** Register the commands at start when their definition changed. */
      register: z
        .boolean()
        .default(true)
        .meta({ examples: [true] }),
    })
    .prefault({}),
  slack: z
    .strictObject({
      apiUrl: z
        .url()
        .default('https://slack.com/api/')
        .meta({ examples: ['https://slack.com/api/'] }),
      mode: z
        .enum(['socket', 'http'])
        .default('socket')
        .meta({ examples: ['socket'] }),
      /** Where Slack's requests arrive in HTTP mode, and where workspaces install. */
      host: z
        .string()
        .default('127.0.0.1')
        .meta({ examples: ['0.0.0.0'] }),
      port: z
        .int()
        .min(0)
        .max(65_535)
        .default(8791)
        .meta({ examples: [8791] }),
    })
    .prefault({}),
  llm: z
    .strictObject({
      /** Writes summaries with a model; without it they are extracted sentence by sentence. */
      summaries: z
        .boolean()
        .default(false)
        .meta({ examples: [false] }),
      /** Asks the model about articles in the topic's grey band. */
      judge: z
        .boolean()
        .default(false)
        .meta({ examples: [false] }),
      timeout: duration('20s').prefault('20s'),
      tokensPerDay: z
        .int()
        .min(0)
        .default(500_000)
        .meta({ examples: [500_000] }),
      /** Of a million tokens, in your currency: the cost is counted in the metrics. */
      price: z
        .strictObject({ input: z.number().min(0).default(0), output: z.number().min(0).default(0) })
        .prefault({}),
    })
    .prefault({}),
});

const outlet = z.strictObject({
  name: z
    .string()
    .min(1)
    .meta({ examples: ['Sample Wire'] }),
  slug: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'only lower-case letters, digits and hyphens')
    .meta({ examples: ['sample-wire'] }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'not a two-letter country code')
    .nullable()
    .default(null)
    .meta({ examples: ['KR'] }),
  tier: z
    .union([z.literal(1), z.literal(2), z.literal(3)])
    .default(2)
    .meta({ examples: [2] }),
  stateMedia: z
    .boolean()
    .default(false)
    .meta({ examples: [true] }),
  paywalled: z
    .boolean()
    .default(false)
    .meta({ examples: [false] }),
  feeds: z
    .array(
      z.strictObject({
        url,
        language,
        title: z
          .string()
          .optional()
          .meta({ examples: ['World'] }),
        fullText: z
          .enum(['never', 'relevant'])
          .default('never')
          .meta({ examples: ['relevant'] }),
      }),
    )
    .min(1),
});

/** `config/feeds.yaml`: the outlets with the feeds that serve everybody. */
export const feedsSchema = z
  .strictObject({ outlets: z.array(outlet).min(1) })
  .superRefine((value, context) => {
    const seen = new Map<string, string>();
    value.outlets.forEach((o, i) => {
      if (seen.has(`slug ${o.slug}`))
        context.addIssue({ code: 'custom', message: 'used by two outlets', path: ['outlets', i, 'slug'] });
      seen.set(`slug ${o.slug}`, o.name);
      o.feeds.forEach((feed, k) => {
        if (seen.has(feed.url))
          context.addIssue({
            code: 'custom',
            message: 'listed twice',
            path: ['outlets', i, 'feeds', k, 'url'],
          });
        seen.set(feed.url, o.name);
      });
    });
  });

export type FileConfig = z.output<typeof configSchema>;
export type FeedsFile = z.output<typeof feedsSchema>;
