import { createDiscordPublisher } from '../../../src/platforms/discord/publisher.ts';
import { describePlatform, type Fault } from '../../contracts/platform.contract.ts';
import { CHANNEL, DiscordServer, GUILD, TOKEN } from '../../fakes/discord-server.ts';
import { sampleDestination } from '../../fakes/sample-destination.ts';

const POSTS = { method: 'POST', path: /\/messages$/ };

describePlatform('Discord', async () => {
  const server = await DiscordServer.start();
  const arranged: Record<Fault, () => void> = {
    'rate-limited': () =>
      server.faults.push({
        ...POSTS,
        status: 429,
        body: { message: 'You are being rate limited.', retry_after: 1.5, global: false },
        headers: { 'retry-after': '2', 'x-ratelimit-scope': 'shared' },
      }),
    'not-sent': () => {},
    'target-gone': () =>
      server.faults.push({ ...POSTS, status: 404, body: { message: 'Unknown Channel', code: 10003 } }),
    'not-allowed': () =>
      server.faults.push({ ...POSTS, status: 403, body: { message: 'Missing Permissions', code: 50013 } }),
    unauthorized: () =>
      server.faults.push({ ...POSTS, status: 401, body: { message: '401: Unauthorized', code: 0 } }),
    rejected: () =>
      server.faults.push({ ...POSTS, status: 400, body: { message: 'Invalid Form Body', code: 50035 } }),
    'dies-after-accept': () => server.faults.push({ ...POSTS, status: 502, after: true }),
    hangs: () => server.faults.push({ ...POSTS, hang: true }),
  };
  return {
    publisher: createDiscordPublisher({ token: TOKEN, apiUrl: server.apiUrl }),
    destination: {
      ...sampleDestination({ scope: `discord:${GUILD}`, target: CHANNEL }),
      id: 1,
      paused: null,
    },
    standing: async () => server.messagesIn(CHANNEL).map((message) => message.id),
    arrange: (fault) => arranged[fault](),
    faults: [
      'rate-limited',
      'target-gone',
      'not-allowed',
      'unauthorized',
      'rejected',
      'dies-after-accept',
      'hangs',
    ],
    denyHistory: () => server.deny(GUILD, 1n << 16n),
    async close() {
      await server.close();
      if (server.violations.length) throw new Error(server.violations.join('\n'));
    },
  };
});
