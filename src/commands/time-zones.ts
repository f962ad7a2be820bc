import type { ScopeSettings } from '../model/audit.ts';
import { isTimeZone } from '../model/time-zone.ts';
import { nearest } from '../text/nearest.ts';
import type { Actor, Completion } from './command.ts';

const NAMES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
const BY_LOWER = new Map(NAMES.map((name) => [name.toLowerCase(), name]));
/** The city of each zone: what people type. */
const BY_CITY = new Map(NAMES.map((name) => [cityOf(name), name]));
/** Letters and places that people write, and the zone they mean. */
const ALIASES: Record<string, string> = {
  kst: 'Asia/Seoul',
  jst: 'Asia/Tokyo',
  msk: 'Europe/Moscow',
  gmt: 'UTC',
  z: 'UTC',
  cet: 'Europe/Paris',
  est: 'America/New_York',
  edt: 'America/New_York',
  pst: 'America/Los_Angeles',
  korea: 'Asia/Seoul',
  japan: 'Asia/Tokyo',
  서울: 'Asia/Seoul',
  평양: 'Asia/Pyongyang',
  도쿄: 'Asia/Tokyo',
  모스크바: 'Europe/Moscow',
  москва: 'Europe/Moscow',
  владивосток: 'Asia/Vladivostok',
  сеул: 'Asia/Seoul',
};

/** An IANA zone from what a person typed; else the zone most likely meant, or none. */
export function readZone(typed: string): { zone: string } | { suggestion: string | null } {
  const word = typed.trim().toLowerCase().replace(/\s+/g, '_');
  const known = BY_LOWER.get(word) ?? ALIASES[word] ?? BY_CITY.get(word);
  if (known) return { zone: known };
  if (isTimeZone(typed.trim())) return { zone: typed.trim() };
  const near = nearest(word, [...BY_LOWER.keys(), ...BY_CITY.keys()]);
  return { suggestion: near === null ? null : (BY_LOWER.get(near) ?? BY_CITY.get(near) ?? null) };
}

/** Zones whose name or alias holds what is typed so far, each with its time now. */
export function completeZones(typed: string, now: number): Completion[] {
  const word = typed.trim().toLowerCase().replace(/\s+/g, '_');
  const alias = ALIASES[word];
  const found = word ? NAMES.filter((name) => name.toLowerCase().includes(word)) : FIRST;
  const names = [...new Set([...(alias ? [alias] : []), ...found])];
  return names
    .slice(0, 25)
    .map((name) => ({ value: name, label: `${name.replaceAll('_', ' ')} (${clock(name, now)})` }));
}

/** The zone that a server or workspace has chosen; else the person's own, where the platform says it. */
export function defaultZone(settings: Pick<ScopeSettings, 'zone'> | null, actor: Actor): string {
  return settings && settings.zone !== 'UTC' ? settings.zone : (actor.zone ?? 'UTC');
}

const FIRST = [
  'UTC',
  'Asia/Seoul',
  'Asia/Tokyo',
  'Asia/Shanghai',
  'Asia/Vladivostok',
  'Europe/Moscow',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
];

function cityOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

function clock(zone: string, now: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
}
