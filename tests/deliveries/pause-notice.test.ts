import { expect, test } from 'vitest';
import { pauseNotice } from '../../src/deliveries/pause-notice.ts';
import type { Destination } from '../../src/model/schedule.ts';
import { sampleDestination } from '../fakes/sample-destination.ts';

const channel: Destination = { ...sampleDestination({ name: '#news' }), id: 1, paused: null };
const pause = { at: 0, why: 'not-allowed' as const, detail: 'Send Messages' };

test('names what is missing as the reader’s client does', () => {
  const refused = { ...pause, detail: 'Missing Permissions (missing: Send Messages, View Channel)' };
  const textIn = (locale: 'en' | 'ko' | 'ru') =>
    pauseNotice(channel, refused, locale, { digest: true, subscription: null }).text;
  expect(textIn('en')).toContain('A permission is missing. (Send Messages, View Channel)');
  expect(textIn('ko')).toContain('(메시지 보내기, 채널 보기)');
  expect(textIn('ru')).toContain('(Отправлять сообщения, Просматривать канал)');
});

test.each([
  [{ digest: true, subscription: 7 }, channel, '/digest resume', '/subscriptions'],
  [{ digest: false, subscription: 7 }, channel, '/subscriptions resume:7', '/digest'],
  [
    { digest: false, subscription: 7 },
    { ...channel, kind: 'dm' as const },
    '/tumen resume',
    '/subscriptions',
  ],
  [{ digest: false, subscription: null }, channel, '#news', 'resume'],
])('%j: names the verb that lets it go on', (uses, destination, named, notNamed) => {
  for (const locale of ['en', 'ko', 'ru'] as const) {
    const { text } = pauseNotice(destination, pause, locale, uses);
    expect(text).toContain(named);
    expect(text).toContain('Send Messages');
    expect(text).not.toContain(notNamed);
  }
});
