import { UserError } from '../../model/errors.ts';

export interface SlackSecrets {
  /** One workspace; absent where many install by OAuth. */
  slackBotToken: string | null;
  slackAppToken: string | null;
  slackSigningSecret: string | null;
  slackClientId: string | null;
  slackClientSecret: string | null;
  tumenSecret: string | null;
}

/** What a mode needs is said before anything starts. @throws UserError naming what is not set */
export function checkSecrets(secrets: SlackSecrets, mode: 'socket' | 'http'): void {
  const missing = neededFor(secrets, mode).filter(([, value]) => !value);
  if (!missing.length) return;
  const names = missing.map(([name]) => name).join(' and ');
  const verb = missing.length > 1 ? 'are' : 'is';
  throw new UserError('slack', `Slack cannot start: ${names} ${verb} not set`, {
    hint: 'docs/slack.md says where each is found.',
  });
}

function neededFor(secrets: SlackSecrets, mode: 'socket' | 'http'): [string, string | null][] {
  const signing: [string, string | null] = ['SLACK_SIGNING_SECRET', secrets.slackSigningSecret];
  if (secrets.slackClientId)
    return [
      ['SLACK_CLIENT_SECRET', secrets.slackClientSecret],
      signing,
      ['TUMEN_SECRET', secrets.tumenSecret],
    ];
  const token: [string, string | null] = ['SLACK_BOT_TOKEN', secrets.slackBotToken];
  return mode === 'http' ? [token, signing] : [token, ['SLACK_APP_TOKEN', secrets.slackAppToken]];
}
