import type { OptionSpec } from './command.ts';

/** How far back an answer reaches. */
export function hoursOption(max: number): OptionSpec {
  return {
    name: 'hours',
    names: { en: 'hours', ko: '시간', ru: 'часы' },
    description: {
      en: 'How far back, 24 by default',
      ko: '몇 시간 전까지 (기본 24)',
      ru: 'За сколько часов, обычно 24',
    },
    type: 'integer',
    min: 1,
    max,
    example: '48',
  };
}
