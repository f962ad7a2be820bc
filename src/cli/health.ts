import { Command } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { Health } from '../status/health.ts';
import type { CliIo } from './io.ts';

const ANSWER_MS = 5_000;

/** `tumen health`: 0 when the running service is well. */
export function healthCommand(io: CliIo): Command {
  return new Command('health')
    .description(
      'Asks the running service how it is: exit 0 when it is well, 1 when it is not or does not answer.',
    )
    .addHelpText('after', '\nExample:\n  $ npm run --silent tumen -- health && echo well')
    .action(async () => {
      const { http } = loadConfig(io.env);
      const url = `http://${http.host === '0.0.0.0' ? '127.0.0.1' : http.host}:${http.port}/health`;
      const health = await askHealth(url, io.signal);
      io.stdout.write(`${JSON.stringify(health)}\n`);
      for (const problem of health.problems) io.stderr.write(`${problem}\n`);
      io.exit(health.ok ? 0 : 1);
    });
}

async function askHealth(url: string, signal: AbortSignal): Promise<Health> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
    return (await response.json()) as Health;
  } catch {
    const hint = 'Is `npm start` running, with the same http.port in its configuration?';
    return { ok: false, problems: [`no answer from ${url}. ${hint}`], jobs: {}, platforms: {} };
  }
}
