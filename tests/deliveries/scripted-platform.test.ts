import { describePlatform, type Fault } from '../contracts/platform.contract.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';
import { createScriptedPlatform, type ScriptedCall } from '../fakes/scripted-platform.ts';

const CALLS: Record<Fault, ScriptedCall> = {
  'rate-limited': { outcome: { kind: 'rate-limited', until: Date.now() + 2_000, scope: 'channel' } },
  'not-sent': { outcome: { kind: 'retry', reason: 'connection refused' } },
  'target-gone': { outcome: { kind: 'target-gone', reason: 'unknown channel' } },
  'not-allowed': { outcome: { kind: 'not-allowed', reason: 'missing access', missing: ['Send Messages'] } },
  unauthorized: { outcome: { kind: 'unauthorized', reason: 'the token is not valid' } },
  rejected: { outcome: { kind: 'rejected', reason: 'invalid form body' } },
  'dies-after-accept': { outcome: { kind: 'unknown', reason: 'connection closed' }, stored: true },
  hangs: { outcome: 'hang' },
};

describePlatform('scripted fake', async () => {
  const publisher = createScriptedPlatform();
  return {
    publisher,
    destination: { id: 1, paused: null, ...sampleDestination() },
    standing: async () => publisher.messages.map((message) => message.messageId),
    arrange: (fault) => void publisher.script.push(CALLS[fault]),
    faults: Object.keys(CALLS) as Fault[],
    denyHistory: () => {
      publisher.historyDenied = true;
    },
    close: async () => {},
  };
});
