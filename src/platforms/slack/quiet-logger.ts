import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from 'pino';

/** The SDK's own chatter, one level lower than it thinks, in our log. */
export function quietLogger(log: Logger | undefined): SlackLogger {
  const write =
    (level: 'trace' | 'debug' | 'info' | 'warn') =>
    (...parts: unknown[]) =>
      log?.[level](
        { sdk: parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ') },
        'slack sdk',
      );
  return {
    debug: write('trace'),
    info: write('debug'),
    warn: write('info'),
    error: write('warn'),
    setLevel() {},
    getLevel: () => LogLevel.DEBUG,
    setName() {},
  };
}
