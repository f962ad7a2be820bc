import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Subscription } from '../model/subscription.ts';
import { byNearness, nearest } from '../text/nearest.ts';
import { MAIN_LANGUAGES, readLanguages, suggestLanguages } from '../text/read-language.ts';
import type { Actor, Completion, Options, Reply } from './command.ts';
import { mendQuietHours, readQuietHours } from './describe-subscription.ts';
import { refuse } from './say.ts';
import { type SubscriptionDeps, themeChoices } from './subscription-deps.ts';
import { readZone } from './time-zones.ts';

/** What ends a limit. */
export const ALL = 'all';

type Limits = Pick<Subscription, 'quietHours' | 'zone' | 'languages' | 'themes'>;

/** When and of what a subscription alerts, as far as options say so; a refusal in words with what was likely meant. */
export function readLimits(
  options: Options,
  actor: Actor,
  topics: SubscriptionDeps['topics'],
): Partial<Limits> | (Reply & { failed: true }) {
  const words = scheduleWords(actor.locale);
  const limits: Partial<Limits> = {};
  const no = (option: string, line: string, better: string | null): Reply & { failed: true } => {
    const call = {
      path: 'subscribe',
      options: { ...options, ...(better === null ? {} : { [option]: better }) },
    };
    const action = { label: subscriptionWords(actor.locale).correct, call, form: true };
    const said = [line, better === null ? '' : fill(words.didYouMean, { a: better })];
    return { ...refuse(actor, said, [action]), failed: true, option };
  };

  if (options.quiet !== undefined) {
    const typed = String(options.quiet);
    const quiet = readQuietHours(typed);
    if (quiet === 'bad')
      return no('quiet', fill(subscriptionWords(actor.locale).badQuiet, { a: typed }), mendQuietHours(typed));
    limits.quietHours = quiet;
  }
  if (options.zone !== undefined) {
    const typed = String(options.zone);
    const zone = readZone(typed);
    if (!('zone' in zone)) return no('zone', fill(words.badZone, { a: typed }), zone.suggestion);
    limits.zone = zone.zone;
  }
  if (options.languages !== undefined) {
    const typed = listed(options.languages).join(',');
    const languages = typed ? readLanguages(typed) : [];
    if (!languages)
      return no(
        'languages',
        fill(words.badLanguages, { a: String(options.languages) }),
        suggestLanguages(typed),
      );
    limits.languages = languages;
  }
  if (options.themes !== undefined) {
    const typed = listed(options.themes);
    const known = themeChoices(topics, actor.locale).map(({ value }) => value);
    const wrong = typed.find((theme) => !known.includes(theme));
    if (wrong !== undefined) {
      const near = nearest(wrong, known);
      const better = near && typed.map((theme) => (theme === wrong ? near : theme)).join(',');
      return no(
        'themes',
        fill(words.unknownTheme, { a: wrong, b: byNearness(wrong, known).join(', ') }),
        better,
      );
    }
    limits.themes = typed;
  }
  return limits;
}

/** Values parted by commas or spaces, each once; none for `all`. */
export function listed(typed: Options[string]): string[] {
  const values = String(typed)
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  return values.includes(ALL) ? [] : [...new Set(values)];
}

/** Languages by name, as options complete them. */
export function languageChoices(locale: Locale): Completion[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return [...MAIN_LANGUAGES, ALL].map((value) => ({
    value,
    label: value === ALL ? ALL : `${value} · ${names.of(value)}`,
  }));
}
