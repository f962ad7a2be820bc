import type { Destination } from '../model/schedule.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Options } from './command.ts';
import { writeQuietHours } from './describe-subscription.ts';

/** Everything a form of `/subscribe` shows, as it stands now. */
export function settingsOf(subscription: Subscription, place: Destination | null): Options {
  const { id, query, mode, quietHours, zone, languages, themes, updates } = subscription;
  return {
    id,
    query,
    mode,
    quiet: writeQuietHours(quietHours),
    zone,
    ...(place && place.kind !== 'dm' ? { channel: place.target } : {}),
    ...(languages.length ? { languages: languages.join(',') } : {}),
    ...(themes.length ? { themes: themes.join(',') } : {}),
    ...(updates ? { updates } : {}),
  };
}
