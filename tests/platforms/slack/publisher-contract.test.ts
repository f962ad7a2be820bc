import { createSlackPublisher } from '../../../src/platforms/slack/publisher.ts';
import { describePlatform, type Fault } from '../../contracts/platform.contract.ts';
import { sampleDestination } from '../../fakes/sample-destination.ts';
import { BOT_TOKEN, CHANNEL, SlackServer, TEAM } from '../../fakes/slack-server.ts';

describePlatform('Slack', async () => {
  const server = await SlackServer.start();
  const post = (fault: Parameters<SlackServer['fail']>[1]) => server.fail('chat.postMessage', fault);
  const arranged: Record<Fault, () => void> = {
    'rate-limited': () => post({ status: 429, headers: { 'retry-after': '2' } }),
    'not-sent': () => {},
    'target-gone': () => post({ error: 'channel_not_found' }),
    'not-allowed': () => post({ error: 'not_in_channel' }),
    unauthorized: () => post({ error: 'token_revoked' }),
    rejected: () => post({ error: 'invalid_blocks' }),
    'dies-after-accept': () => post({ status: 502, after: true }),
    hangs: () => post({ hang: true }),
  };
  return {
    publisher: createSlackPublisher({ tokenOf: async () => BOT_TOKEN, apiUrl: server.apiUrl }),
    destination: {
      ...sampleDestination({ platform: 'slack', scope: `slack:${TEAM}`, target: CHANNEL }),
      id: 1,
      paused: null,
    },
    standing: async () => server.channels.get(CHANNEL)!.messages.map((message) => message.ts),
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
    denyHistory: () => {
      server.historyDenied = true;
    },
    async close() {
      await server.close();
      if (server.violations.length) throw new Error(server.violations.join('\n'));
    },
  };
});
