import { z } from 'zod';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of `90s`, `15m`, `3h`, `2d`; null where it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim());
  return match ? Math.round(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]) : null;
}

/** A duration in a configuration file, as milliseconds. */
export function duration(example: string) {
  return z
    .string()
    .meta({ examples: [example], description: 'A number with ms, s, m, h or d' })
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms === null) context.addIssue({ code: 'custom', message: 'not a duration' });
      return ms ?? 0;
    });
}
