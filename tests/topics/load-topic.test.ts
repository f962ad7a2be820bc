import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/model/errors.ts';
import { loadTopic, parseTopic } from '../../src/topics/load-topic.ts';

const SAMPLE = readFileSync('config/topics/arctic-shipping.yaml', 'utf8');

/** The error that a changed sample file gives. */
function errorOf(change: (source: string) => string): ConfigError {
  const source = change(SAMPLE);
  if (source === SAMPLE) throw new Error('the sample did not change');
  try {
    parseTopic(source, 'topic.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

const lineOf = (source: string, words: string) => source.slice(0, source.indexOf(words)).split('\n').length;

describe('a topic file', () => {
  it('is read, both samples that come with tumen', async () => {
    const topics = await Promise.all(
      ['russia-north-korea', 'arctic-shipping'].map((slug) => loadTopic(`config/topics/${slug}.yaml`)),
    );
    expect(topics.map((topic) => topic.sides.length)).toEqual([2, 1]);
  });

  it('with an unknown key gives its line', () => {
    const error = errorOf((s) => s.replace('exclusions:', 'excludes:'));
    expect(error.message).toContain('unknown key `excludes`');
    expect(error.line).toBe(lineOf(SAMPLE, 'exclusions:'));
  });

  it('with an unknown key deep inside gives that line', () => {
    const error = errorOf((s) =>
      s.replace('    kind: place\n    aliases: { en: [Suez', '    kinds: place\n    aliases: { en: [Suez'),
    );
    expect(error.message).toContain('unknown key `kinds`');
    expect(error.line).toBe(lineOf(SAMPLE, '    kind: place\n    aliases: { en: [Suez'));
  });

  it('with an empty side is refused', () => {
    const source = SAMPLE.replace(/ {4}entities:[\s\S]*?\nothers:/, '    entities: {}\n\nothers:');
    expect(() => parseTopic(source, 'topic.yaml')).toThrow(/topic\.yaml:8: .*at least one entity/);
  });

  it('with a side that nothing names clearly is refused', () => {
    const error = errorOf((s) =>
      s
        .replaceAll(/^ {8}aliases:$/gm, '        shorthand:')
        .replace('aliases: { en: [Northwest', 'shorthand: { en: [Northwest'),
    );
    expect(error.message).toContain('no clear alias');
    expect(error.line).toBe(lineOf(SAMPLE, '  arctic-routes:'));
  });

  it('with a weight out of range gives its line', () => {
    const error = errorOf((s) => s.replace(/ {2}cue: .*/, '  cue: 99'));
    expect(error.message).toContain('weights.cue');
    expect(error.message).toContain('-20 to 20');
    expect(error.line).toBe(lineOf(SAMPLE, '  cue:'));
  });

  it('with a threshold of one is refused', () => {
    expect(errorOf((s) => s.replace(/threshold: .*/, 'threshold: 1')).message).toContain('between 0 and 1');
  });

  it('with an alias on both sides names both, in any case form', () => {
    const two = (alias: string) => `  second:
    title: { en: Second }
    entities:
      somewhere:
        aliases: { ru: [Дудинка], en: [${alias}] }

others:`;
    const error = errorOf((s) => s.replace('others:', two('Northwest Passages')));
    expect(error.message).toContain('`Northwest Passages` stands on both sides');
    expect(error.message).toContain('`arctic-routes` as `Northwest Passage`');
    expect(error.hint).toContain('pairs');
  });

  it('that is no YAML gives the line', () => {
    const error = errorOf((s) => s.replace('slug: arctic-shipping', 'slug: [arctic'));
    expect(error.line).not.toBeNull();
  });

  it('that is not there says so', async () => {
    await expect(loadTopic('config/topics/nowhere.yaml')).rejects.toThrow(/nowhere\.yaml: .*ENOENT/);
  });
});
