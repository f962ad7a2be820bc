import { stringify } from 'yaml';
import type { Command } from '../../commands/command.ts';

/** The one slash command; its words are read by the command table. */
export const SLASH_COMMAND = '/tumen';

/** Callback ids of shortcuts: a message shortcut is named after its command. */
export const messageShortcutId = (command: Pick<Command, 'path'>) => `message:${command.path.join('.')}`;
export const DIGEST_SHORTCUT_ID = 'global:digest.now';

/** Where Slack's requests arrive in HTTP mode, and where it sends people after they allowed an installation. */
export const EVENTS_PATH = '/slack/events';
const REDIRECT_PATH = '/slack/oauth_redirect';

/** The least scopes tumen works with, each with the reason that docs/slack.md gives. */
export const BOT_SCOPES = {
  'chat:write': 'posts digests and alerts in channels it was invited to',
  commands: '/tumen and the shortcuts',
  'im:write': 'opens the direct message that an alert goes to',
  'channels:read': 'knows whether it was invited before the first digest is due',
  'groups:read': 'the same for private channels',
  'channels:history': 'after a crash, looks whether a message already stands there before it sends again',
  'groups:history': 'the same for private channels',
  'im:history': 'the same for direct messages',
  'users:read': 'tells admins, members and guests apart, and knows their time zone and language',
  'usergroups:read': 'user groups that may manage digests',
  'files:write': 'hands out exports',
  'files:read': 'reads the OPML file that was attached to the form of an import',
} as const;

/**
 * The app manifest of docs.slack.dev/reference/app-manifest, drawn from the command table; a test holds the file to it.
 * @param url where Slack reaches tumen, for HTTP mode; without it Socket Mode is on
 */
export function slackManifest(commands: readonly Command[], url?: string): string {
  const base = url?.replace(/\/+$/, '');
  const events = base && base + EVENTS_PATH;
  const verbs = [...new Set(commands.map((command) => command.path[0]))].sort();
  const manifest = {
    display_information: {
      name: 'tumen',
      description: 'Follows one topic across news feeds: each event once, with its sources',
      background_color: '#1f5f5b',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'tumen', always_online: true },
      slash_commands: [
        {
          command: SLASH_COMMAND,
          ...(events ? { url: events } : {}),
          description: 'Digests, alerts, search; alone it opens a form',
          usage_hint: `[${verbs.join(' | ')}]`,
          should_escape: true,
        },
      ],
      shortcuts: [
        {
          name: 'Digest now',
          type: 'global',
          callback_id: DIGEST_SHORTCUT_ID,
          description: 'The digest as it would go out now',
        },
        ...commands
          .filter((command) => command.shortcut)
          .map((command) => ({
            name: command.shortcut!.en.slice(0, 24),
            type: 'message',
            callback_id: messageShortcutId(command),
            description: command.description.en.slice(0, 150),
          })),
      ],
    },
    oauth_config: {
      ...(base ? { redirect_urls: [base + REDIRECT_PATH] } : {}),
      scopes: { bot: Object.keys(BOT_SCOPES) },
    },
    settings: {
      event_subscriptions: {
        ...(events ? { request_url: events } : {}),
        bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'],
      },
      interactivity: {
        is_enabled: true,
        ...(events ? { request_url: events, message_menu_options_url: events } : {}),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: !base,
      token_rotation_enabled: false,
    },
  };
  return stringify(manifest, { lineWidth: 110 });
}
