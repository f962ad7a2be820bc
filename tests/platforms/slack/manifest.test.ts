import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandTable } from '../../../src/commands/command-table.ts';
import { BOT_SCOPES, slackManifest } from '../../../src/platforms/slack/manifest.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { loadTopic } from '../../../src/topics/load-topic.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

async function drawn(url?: string): Promise<string> {
  const store = await openStore({ file: ':memory:' });
  const topic = await loadTopic(resolve(ROOT, 'config/topics/russia-north-korea.yaml'));
  const manifest = slackManifest(
    commandTable({ store, topics: [topic], health: () => [], version: '0', discover: {} } as never),
    url,
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

test('with an address it is the manifest of HTTP mode, with the redirect of OAuth', async () => {
  const { features, oauth_config, settings } = parse(await drawn('https://tumen.example/'));
  const events = 'https://tumen.example/slack/events';
  expect(features.slash_commands[0].url).toBe(events);
  expect(settings.event_subscriptions.request_url).toBe(events);
  expect(settings.interactivity).toMatchObject({ request_url: events, message_menu_options_url: events });
  expect(settings.socket_mode_enabled).toBe(false);
  expect(oauth_config.redirect_urls).toEqual(['https://tumen.example/slack/oauth_redirect']);
});

test('docs/slack.md gives the reason of each scope', async () => {
  const docs = await readFile(resolve(ROOT, 'docs/slack.md'), 'utf8');
  for (const [scope, why] of Object.entries(BOT_SCOPES)) expect(docs).toContain(`| \`${scope}\` | ${why}`);
});
