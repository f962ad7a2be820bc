import { until } from './discord-bot.ts';
import { type SeededService, startSeededService } from './seeded-service.ts';
import { APP_TOKEN, BOT_TOKEN, SlackServer, TEAM } from './slack-server.ts';

export interface SlackService {
  server: SlackServer;
  service: SeededService;
  /** What Slack would refuse, and what was logged as an error. */
  complaints(): unknown[];
  close(): Promise<void>;
}

/** The seeded service on a local Slack, with an admin who reads Korean, U0KO, and one who reads Russian, U0RU. */
export async function startSlackService(): Promise<SlackService> {
  const server = await SlackServer.start();
  for (const [id, locale] of Object.entries({ U0KO: 'ko-KR', U0RU: 'ru-RU' }))
    server.users.set(id, { id, team_id: TEAM, locale, is_admin: true });
  const service = await startSeededService({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: server.apiUrl,
  });
  await until(() => server.connections === 2);
  return {
    server,
    service,
    complaints: () => [...server.violations, ...service.errors],
    async close() {
      await service.close();
      await server.close();
    },
  };
}
