import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EDITOR_SCHEMAS } from '../../scripts/write-schemas.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/model/errors.ts';

const FEEDS = `outlets:
  - name: Sample Wire
    slug: sample-wire
    feeds:
      - url: https://sample-wire.example/rss
        language: en
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tumen-config-'));
  mkdirSync(join(folder, 'config/topics'), { recursive: true });
  writeFileSync(join(folder, 'config/feeds.yaml'), FEEDS);
  writeFileSync(join(folder, 'config/topics/russia-north-korea.yaml'), 'slug: x\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(yaml: string, env: Record<string, string> = {}) {
  writeFileSync(join(folder, 'config/tumen.yaml'), yaml);
  return loadConfig(env, folder);
}

function fault(yaml: string, env: Record<string, string> = {}): ConfigError {
  try {
    load(yaml, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('configuration', () => {
  test('an empty file is a whole configuration', () => {
    const config = load('');
    expect(config.polling.interval).toBe(15 * 60_000);
    expect(config.outlets).toHaveLength(1);
    expect(config.databaseUrl).toBeNull();
  });

  test('the environment goes over the file', () => {
    const config = load('log: { level: warn }\n', { LOG_LEVEL: 'debug', DATABASE_URL: 'postgres://h/d' });
    expect(config.log.level).toBe('debug');
    expect(config.databaseUrl).toBe('postgres://h/d');
  });

  test.each([
    ['an unknown key', 'net:\n  allowPrivat: true\n', 2, /unknown key "net\.allowPrivat".*/, /allowPrivate/],
    [
      'a wrong type',
      'http:\n  host: localhost\n  port: high\n',
      3,
      /http\.port: .*found "high"/,
      /port: 8790/,
    ],
    [
      'a bad duration',
      'polling:\n  interval: soon\n',
      2,
      /polling\.interval: not a duration, found "soon"/,
      /15m/,
    ],
    ['a bad zone', 'console:\n  zone: Seoul\n', 2, /not an IANA time zone, found "Seoul"/, /Asia\/Seoul/],
    ['broken YAML', 'home: a: b\n', 1, /not valid YAML/, /./],
  ])('%s is named with file, line, value and what to write', (_, yaml, line, message, hint) => {
    const error = fault(yaml);
    expect(error.message).toContain(`tumen.yaml:${line}: `);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  test('a missing file is named', () => {
    expect(() => loadConfig({ TUMEN_CONFIG: 'nowhere.yaml' }, folder)).toThrow(
      /nowhere\.yaml: there is no such file/,
    );
    expect(fault('topics: [topics/none.yaml]\n').message).toMatch(/there is no file .*none\.yaml/);
  });

  test('a bad value of the environment is named, and not repeated', () => {
    const error = fault('', { LLM_BASE_URL: 'not-a-url-but-maybe-a-key' });
    expect(error.message).toContain('LLM_BASE_URL');
    expect(error.message).not.toContain('maybe-a-key');
  });

  test('an outlet listed twice is refused with its line', () => {
    writeFileSync(join(folder, 'config/feeds.yaml'), FEEDS + FEEDS.replace('outlets:\n', ''));
    expect(fault('').message).toMatch(/feeds\.yaml:8: .*used by two outlets/);
  });
});

describe('what stands in config/', () => {
  test.each(Object.entries(EDITOR_SCHEMAS))('%s is what the code draws (npm run schemas)', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('the files load, with about forty feeds in five languages', () => {
    const config = loadConfig({});
    const feeds = config.outlets.flatMap((outlet) => outlet.feeds);
    expect(feeds.length).toBeGreaterThanOrEqual(38);
    expect(new Set(feeds.map((feed) => feed.language))).toEqual(new Set(['en', 'ko', 'ru', 'ja', 'zh']));
  });
});
