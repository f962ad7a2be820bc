import { SlackServer } from '../fakes/slack-server.ts';
import { servePeople } from './people.ts';

const slack = await SlackServer.start();

await servePeople(
  slack.apiUrl,
  async ({ path, options }, person) => {
    const user = `U0P${person}`;
    slack.users.set(user, { id: user, locale: 'en-US' });
    const { ack, messages, ms } = await slack.type(`${path} ${Object.values(options).join(' ')}`, user);
    return { first: ack.ms, full: ms, text: JSON.stringify(messages) };
  },
  () => slack.violations,
);
