import { loadConfig } from '../config/load-config.ts';
import { type Core, openCore } from '../core.ts';
import type { CliIo } from './io.ts';

/** Opens what the configuration names, does the work, and closes it whatever came of it. */
export async function withCore<T>({ env }: Pick<CliIo, 'env'>, work: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCore(loadConfig(env));
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}
