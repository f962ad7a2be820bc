import type { TextOptions } from '../platforms/console/render-text.ts';
import type { CliIo } from './io.ts';

const WIDEST = 110;

/** Colour only where a person looks (https://no-color.org), and lines no longer than the eye likes. */
export function textOptions({ stdout, env }: Pick<CliIo, 'stdout' | 'env'>): TextOptions {
  const color = env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY === true;
  return { width: Math.min(stdout.columns ?? Number(env.COLUMNS || 100), WIDEST), color };
}
