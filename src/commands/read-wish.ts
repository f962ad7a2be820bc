import type { TopicHeading } from '../digests/build-digest.ts';
import { fill } from '../locale/labels.ts';
import { scheduleWords } from '../locale/schedule-words.ts';
import { subscriptionWords } from '../locale/subscription-words.ts';
import type { Schedule } from '../model/schedule.ts';
import { nearest } from '../text/nearest.ts';
import { readLanguages, suggestLanguages } from '../text/read-language.ts';
import type { Actor, Options, Reply } from './command.ts';
import { readDays, readTimes, suggestDays, suggestTimes } from './read-schedule.ts';
import { refuse } from './say.ts';
import { listed } from './subscription-limits.ts';
import { readZone } from './time-zones.ts';

type Wish = Partial<Omit<Schedule, 'id' | 'destinationId' | 'cutoff'>> & { languages?: string[] };

/** What the options ask for; a refusal in words where one of them is not understood. */
export function readWish(
  options: Options,
  actor: Actor,
  topics: readonly TopicHeading[],
): Wish | (Reply & { failed: true }) {
  const words = scheduleWords(actor.locale);
  /** With the value most likely meant as a button that goes on from here, or the form to put it right. */
  const no = (line: string, near: string | null, name: string): Reply & { failed: true } => {
    const call = (more: Options) => ({ path: 'digest schedule', options: { ...options, ...more } });
    const actions =
      near === null
        ? [{ label: subscriptionWords(actor.locale).correct, call: call({}), form: true }]
        : [{ label: near, call: call({ [name]: near }) }];
    const lines = [line, near === null ? '' : fill(words.didYouMean, { a: near })];
    return { ...refuse(actor, lines, actions), option: name, failed: true };
  };
  const given = (name: string) => (options[name] === undefined ? null : String(options[name]));
  const wish: Wish = {};

  const typedTimes = given('time');
  if (typedTimes !== null) {
    const times = readTimes(typedTimes);
    if (!times) return no(fill(words.badTimes, { a: typedTimes }), suggestTimes(typedTimes), 'time');
    wish.times = times;
  }

  const zone = given('zone');
  if (zone !== null) {
    const read = readZone(zone);
    if (!('zone' in read)) return no(fill(words.badZone, { a: zone }), read.suggestion, 'zone');
    wish.zone = read.zone;
  }
  const typedDays = given('days');
  if (typedDays !== null) {
    const days = readDays(typedDays);
    if (!days) return no(fill(words.badDays, { a: typedDays }), suggestDays(typedDays), 'days');
    wish.days = days;
  }
  const typedLanguages = given('languages');
  if (typedLanguages !== null) {
    const languages = readLanguages(typedLanguages);
    if (!languages)
      return no(
        fill(words.badLanguages, { a: typedLanguages }),
        suggestLanguages(typedLanguages),
        'languages',
      );
    wish.languages = languages;
  }
  const topic = given('topic');
  if (topic !== null) {
    const slugs = topics.map(({ slug }) => slug);
    if (!slugs.includes(topic))
      return no(fill(words.unknownTopic, { a: topic, b: slugs.join(', ') }), nearest(topic, slugs), 'topic');
    wish.topics = [topic];
  }
  const themes = given('themes');
  if (themes !== null) {
    const known = topics
      .filter(({ slug }) => topic === null || slug === topic)
      .flatMap((one) => one.themes.map(({ slug }) => slug));
    const wanted = listed(themes);
    const wrong = wanted.find((theme) => !known.includes(theme));
    if (wrong) {
      const near = nearest(wrong, known);
      const mended = near && wanted.map((theme) => (theme === wrong ? near : theme)).join(',');
      return no(fill(words.unknownTheme, { a: wrong, b: known.join(', ') }), mended, 'themes');
    }
    wish.themes = wanted;
  }
  if (options.length !== undefined) wish.length = Number(options.length);
  if (options.quiet !== undefined) wish.quietDay = options.quiet as Schedule['quietDay'];
  if (options.updates !== undefined) wish.updates = options.updates as Schedule['updates'];
  return wish;
}
