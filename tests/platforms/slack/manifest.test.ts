import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandTable } from '../../../src/commands/command-table.ts';
import { BOT_SCOPES, slackManifest } from '../../../src/platforms/slack/manifest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { loadTopic } from '../../../src/topics/load-topic.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

async function drawn(): Promise<string> {
  const store = await openStore({ file: ':memory:' });
  const topic = await loadTopic(resolve(ROOT, 'config/topics/russia-north-korea.yaml'));
  const manifest = slackManifest(
    commandTable({ store, topics: [topic], health: () => [], version: '0' } as never),
  );
  await store.close();
  return manifest;
}

test('config/slack-manifest.yaml is what the command table draws: tumen slack manifest > config/slack-manifest.yaml', async () => {
  expect(await readFile(resolve(ROOT, 'config/slack-manifest.yaml'), 'utf8')).toBe(await drawn());
});

test('keeps to what Slack takes in a manifest', async () => {
  const { display_information, features, oauth_config } = parse(await drawn());
  expect(display_information.name.length).toBeLessThanOrEqual(35);
  expect(display_information.description.length).toBeLessThanOrEqual(140);
  const [command] = features.slash_commands;
  expect(command.description.length).toBeLessThanOrEqual(2000);
  expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
  expect(features.shortcuts.length).toBeLessThanOrEqual(10);
  for (const shortcut of features.shortcuts) {
    expect(shortcut.name.length).toBeLessThanOrEqual(24);
    expect(shortcut.description.length).toBeLessThanOrEqual(150);
  }
  expect(oauth_config.scopes.bot).toEqual(Object.keys(BOT_SCOPES));
});

test('docs/slack.md gives the reason of each scope', async () => {
  const docs = await readFile(resolve(ROOT, 'docs/slack.md'), 'utf8');
  for (const [scope, why] of Object.entries(BOT_SCOPES)) expect(docs).toContain(`| \`${scope}\` | ${why}`);
});
