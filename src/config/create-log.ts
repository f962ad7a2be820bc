import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './load-config.ts';

const LEVELS_OF_CAUSES = 4;

/**
 * The log of a process, JSON lines. Of an error it keeps what says what happened: libraries hang requests with their
 * headers on theirs. The secrets of the configuration are struck out wherever they stand.
 */
export function createLog({ log, secrets, databaseUrl }: Config, out: DestinationStream): Logger {
  const password = databaseUrl ? URL.parse(databaseUrl)?.password : undefined;
  const { llm, ...tokens } = secrets;
  const hidden = [
    ...Object.values(tokens),
    llm?.apiKey,
    password,
    password && decodeURIComponent(password),
  ].filter((secret): secret is string => typeof secret === 'string' && secret.length >= 6);
  const strike = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const safe: DestinationStream = hidden.length ? { write: (line) => out.write(strike(line)) } : out;
  return pino({ level: log.level, serializers: { err: describeError } }, safe);
}

interface Described {
  type: string;
  message: string;
  code?: unknown;
  stack?: string;
  cause?: Described;
  errors?: Described[];
}

function describeError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack && depth === 0 ? { stack: error.stack } : {}),
    ...(error.cause !== undefined && depth < LEVELS_OF_CAUSES
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
    ...(error instanceof AggregateError && depth < LEVELS_OF_CAUSES
      ? { errors: error.errors.map((one) => describeError(one, depth + 1)) }
      : {}),
  };
}
