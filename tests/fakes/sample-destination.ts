import type { NewDestination, NewSchedule } from '../../src/store/store.ts';

/** A text channel of an invented server. */
export function sampleDestination(change: Partial<NewDestination> = {}): NewDestination {
  return {
    platform: 'discord',
    scope: 'discord:1',
    kind: 'text',
    target: '100',
    name: '#news',
    languages: ['en'],
    zone: 'Asia/Seoul',
    silent: false,
    crosspost: false,
    tags: [],
    setUpBy: '900',
    ...change,
  };
}

/** Daily at eight. */
export function sampleSchedule(destinationId: number, change: Partial<NewSchedule> = {}): NewSchedule {
  return {
    destinationId,
    times: ['08:00'],
    zone: 'Asia/Seoul',
    days: [1, 2, 3, 4, 5, 6, 7],
    topics: ['russia-north-korea'],
    themes: [],
    length: 10,
    sentences: 2,
    quietDay: 'line',
    updates: 'digest',
    paused: false,
    createdAt: 0,
    slotsUntil: 0,
    ...change,
  };
}
