import type { Notice } from '../../src/model/delivery.ts';
import type { Destination } from '../../src/model/schedule.ts';
import type { Lookup, Outcome, Publisher } from '../../src/platforms/platform.ts';

/** How one call that posts goes: `stored` says whether the message stands in the channel afterwards. */
export interface ScriptedCall {
  outcome: Outcome | 'sent' | 'hang' | 'throw';
  stored?: boolean;
  /** Stored only after this time, ms: the platform was late. */
  storedAfterMs?: number;
  /** Runs before the platform decides: what another instance does meanwhile. */
  before?: () => Promise<void> | void;
}

interface ScriptedMessage {
  messageId: string;
  channelId: string;
  marker: string;
  payload: unknown;
  at: number;
}

/** A platform in memory that does as it is told, call by call, and what is right where the script has ended. */
export interface ScriptedPlatform extends Publisher {
  /** What stands in each channel, oldest first. */
  messages: ScriptedMessage[];
  script: ScriptedCall[];
  /** Answers of the history, in order; the truth where it has ended. */
  lookups: (Lookup | 'truth')[];
  historyDenied: boolean;
  told: { userId: string; notice: Notice }[];
  calls: { publish: number; find: number; remove: number };
  /** Scopes whose token is not taken. */
  refusedScopes: Set<string>;
}

export function createScriptedPlatform(
  options: Partial<Pick<Publisher, 'platform' | 'settleMs' | 'pace'>> & { now?: () => number } = {},
): ScriptedPlatform {
  const { now = Date.now } = options;
  let lastId = 0;
  const standing = (destination: Destination) =>
    platform.messages.filter((message) => message.channelId === destination.target);
  const platform: ScriptedPlatform = {
    platform: options.platform ?? 'discord',
    settleMs: options.settleMs ?? 0,
    pace: options.pace ?? {
      global: { requests: 1_000, perMs: 100 },
      channel: { requests: 1_000, perMs: 100 },
    },
    messages: [],
    script: [],
    lookups: [],
    historyDenied: false,
    told: [],
    calls: { publish: 0, find: 0, remove: 0 },
    refusedScopes: new Set(),
    hasAccess: async (scope) => !platform.refusedScopes.has(scope),

    plan(content, _destination, marker) {
      const stories = content.kind === 'notice' ? [] : content.memory.map((memory) => memory.storyId);
      const action = {
        kind: 'message' as const,
        payload: { title: 'title' in content ? content.title : content.topic.title },
      };
      return [{ action, marker: marker(0), stories }];
    },

    async publish(part, destination, _sent, signal) {
      platform.calls.publish++;
      const call = platform.script.shift() ?? { outcome: 'sent' };
      await call.before?.();
      const messageId = String(++lastId).padStart(6, '0');
      const store = () => {
        const { marker, action } = part;
        const payload = 'payload' in action ? action.payload : null;
        platform.messages.push({ messageId, channelId: destination.target, marker, payload, at: now() });
      };
      if (call.storedAfterMs !== undefined) setTimeout(store, call.storedAfterMs);
      else if (call.stored ?? call.outcome === 'sent') store();
      if (call.outcome === 'throw') throw new Error('a fault of the adapter');
      if (call.outcome === 'hang') return await hang(signal);
      return call.outcome === 'sent'
        ? { kind: 'sent', messageId, channelId: destination.target }
        : call.outcome;
    },

    async find(part, destination) {
      platform.calls.find++;
      if (platform.historyDenied) return { kind: 'unreadable', reason: 'no permission to read the history' };
      const scripted = platform.lookups.shift();
      if (scripted && scripted !== 'truth') return scripted;
      const messages = standing(destination).filter((message) => message.marker === part.marker);
      return messages.length ? { kind: 'found', messages } : { kind: 'absent' };
    },

    async remove(_destination, message) {
      platform.calls.remove++;
      platform.messages = platform.messages.filter((other) => other.messageId !== message.messageId);
      return { kind: 'sent', ...message };
    },

    async tell(userId, notice) {
      platform.told.push({ userId, notice });
      return { kind: 'sent', messageId: 'dm', channelId: userId };
    },

    async missingPermissions() {
      return [];
    },
  };
  return platform;
}

function hang(signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = () => resolve({ kind: 'unknown', reason: 'given up' });
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
