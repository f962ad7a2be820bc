import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../model/errors.ts';
import { readYaml } from './read-yaml.ts';
import { configSchema, type FeedsFile, type FileConfig, feedsSchema } from './schema.ts';

/** What the process runs by: the file, the environment over it, paths made absolute. */
export interface Config extends Omit<FileConfig, 'topics' | 'feeds'> {
  file: string;
  feedsFile: string;
  outlets: FeedsFile['outlets'];
  topicFiles: string[];
  /** Postgres where set, else SQLite under `home`. */
  databaseUrl: string | null;
  secrets: Secrets;
}

export interface Secrets {
  discordToken: string | null;
  slackBotToken: string | null;
  slackAppToken: string | null;
  slackSigningSecret: string | null;
  slackClientId: string | null;
  slackClientSecret: string | null;
  /** Encrypts stored tokens. */
  tumenSecret: string | null;
  llm: { baseUrl: string; apiKey: string | null; model: string } | null;
}

export type Environment = Record<string, string | undefined>;

/** @throws ConfigError naming file, line, value and a valid example */
export function loadConfig(env: Environment, cwd = process.cwd()): Config {
  const file = resolve(cwd, env.TUMEN_CONFIG || 'config/tumen.yaml');
  const config = readYaml(file, configSchema);
  const folder = dirname(file);
  const feedsFile = resolve(folder, config.feeds);
  const { topics, feeds: _, ...rest } = config;
  return {
    ...rest,
    file,
    feedsFile,
    outlets: readYaml(feedsFile, feedsSchema).outlets,
    topicFiles: topics.map((topic) => existing(resolve(folder, topic), file)),
    home: resolve(cwd, env.TUMEN_HOME || config.home),
    databaseUrl: env.DATABASE_URL || null,
    log: {
      level: fromEnv(env, 'LOG_LEVEL', configSchema.shape.log.def.innerType.shape.level) ?? config.log.level,
    },
    discord: { ...config.discord, apiUrl: fromEnv(env, 'DISCORD_API_URL', z.url()) ?? config.discord.apiUrl },
    slack: { ...config.slack, apiUrl: fromEnv(env, 'SLACK_API_URL', z.url()) ?? config.slack.apiUrl },
    secrets: readSecrets(env),
  };
}

function readSecrets(env: Environment): Secrets {
  const baseUrl = fromEnv(env, 'LLM_BASE_URL', z.url());
  return {
    discordToken: env.DISCORD_TOKEN || null,
    slackBotToken: env.SLACK_BOT_TOKEN || null,
    slackAppToken: env.SLACK_APP_TOKEN || null,
    slackSigningSecret: env.SLACK_SIGNING_SECRET || null,
    slackClientId: env.SLACK_CLIENT_ID || null,
    slackClientSecret: env.SLACK_CLIENT_SECRET || null,
    tumenSecret: env.TUMEN_SECRET || null,
    llm: baseUrl ? { baseUrl, apiKey: env.LLM_API_KEY || null, model: env.LLM_MODEL || 'default' } : null,
  };
}

/** A value of the environment by a schema; its name stands for file and line. The value is not repeated: it may be a secret. */
function fromEnv<T>(env: Environment, name: string, schema: z.ZodType<T>): T | null {
  const value = env[name];
  if (!value) return null;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigError(
    `environment variable ${name}`,
    null,
    result.error.issues[0]!.message,
    'Correct it in the environment or in .env.',
  );
}

function existing(path: string, file: string): string {
  if (existsSync(path)) return path;
  throw new ConfigError(
    file,
    null,
    `topics: there is no file ${path}`,
    'Paths of topics are relative to the configuration file.',
  );
}
