import type { Writable } from 'node:stream';
import type { Notice } from '../../model/delivery.ts';
import type { Digest } from '../../model/digest.ts';
import { inertText } from '../../text/inert-text.ts';
import type { Lookup, Outcome, Platform, PlatformHealth, Publisher } from '../platform.ts';
import { openHistory } from './history.ts';
import { renderText, type TextOptions } from './render-text.ts';

export interface ConsoleOptions extends TextOptions {
  /** Where digests are printed. */
  out: Writable;
  /** Remembers what was printed: the console's history, one JSON line for each message. */
  historyFile: string;
  now?: () => number;
}

/** Prints digests; runs where no platform has a token. It takes no commands: those are the command line's. */
export function createConsolePlatform(options: ConsoleOptions): Platform {
  let state: PlatformHealth['state'] = 'starting';
  return {
    name: 'console',
    publisher: createConsolePublisher(options),
    async start() {
      state = 'connected';
    },
    async stop() {
      state = 'stopped';
    },
    health: () => ({ state, detail: null, connectedAt: null }),
  };
}

export function createConsolePublisher(options: ConsoleOptions): Publisher {
  const { out, now = Date.now } = options;
  const history = openHistory(options.historyFile);
  return {
    platform: 'console',
    settleMs: 0,
    pace: { global: { requests: 100, perMs: 1_000 }, channel: { requests: 100, perMs: 1_000 } },

    plan: (content, _destination, marker) => [
      {
        action: { kind: 'message', payload: textOf(content) },
        marker: marker(0),
        stories: content.kind === 'notice' ? [] : content.memory.map((memory) => memory.storyId),
      },
    ],

    async publish(part, destination): Promise<Outcome> {
      if (part.action.kind !== 'message')
        return { kind: 'rejected', reason: `the console has no ${part.action.kind}` };
      const message = { marker: part.marker, channelId: destination.target, at: now() };
      try {
        const messageId = await history.add(message);
        // On record first: what a crash cut off was sent, as a letter is once it is in the box.
        await write(out, `${part.action.payload as string}\n`);
        return { kind: 'sent', messageId, channelId: destination.target };
      } catch (error) {
        return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
      }
    },

    async find(part, destination): Promise<Lookup> {
      try {
        const standing = await history.read();
        const messages = standing.filter(
          (message) => message.marker === part.marker && message.channelId === destination.target,
        );
        return messages.length ? { kind: 'found', messages } : { kind: 'absent' };
      } catch (error) {
        return { kind: 'retry', reason: error instanceof Error ? error.message : String(error) };
      }
    },

    async remove(_destination, message) {
      await history.remove(message.messageId);
      return { kind: 'sent', ...message };
    },

    async tell(_userId, notice) {
      await write(out, `${textOf(notice)}\n`);
      return { kind: 'sent', messageId: 'told', channelId: 'console' };
    },

    missingPermissions: async () => [],
  };

  function textOf(content: Digest | Notice): string {
    if (content.kind === 'notice') return `${inertText(content.title)}\n${inertText(content.text)}\n`;
    return renderText(content, options);
  }
}

/** A reader that is gone (`| head`) is no fault of a message that is on record. */
function write(out: Writable, text: string): Promise<void> {
  return new Promise((resolve) => out.write(text, () => resolve()));
}
