/**
 * Speed of grouping: articles a second on a fresh stream, and one article into 100,000 live ones.
 *
 *     npm run bench:stories
 */
import { outletFromName } from '../../src/model/outlet.ts';
import { createGrouper } from '../../src/stories/group-articles.ts';
import type { GroupedArticle } from '../../src/stories/live-article.ts';

const LIVE = 100_000;
const PROBES = 2_000;
const STREAM = 10_000;
const WORDS = 30_000;

let seed = 1;
const random = () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
/** An invented word of letters; low numbers are frequent, as in a language (Zipf). */
const word = () =>
  Math.floor(WORDS ** random())
    .toString(26)
    .replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
const words = (count: number) => Array.from({ length: count }, word).join(' ');

const outlet = outletFromName('unknown');
/** Events under way: every third entry tells one of them again, in half its words. */
const events: { title: string[]; text: string[] }[] = [];
let id = 0;
/** A feed entry: a headline and a summary of some 190 characters. */
function entry(at: number): GroupedArticle {
  const event =
    events.length && random() < 0.33
      ? events[Math.floor(random() * events.length)]!
      : { title: words(9).split(' '), text: words(25).split(' ') };
  if (events.length < 500) events.push(event);
  else events[Math.floor(random() * 500)] = event;
  const retell = (told: string[]) => told.map((known) => (random() < 0.5 ? known : word())).join(' ');
  const content = {
    url: null,
    title: retell(event.title),
    text: retell(event.text),
    language: 'en',
    published: at,
    outlet,
  };
  return { id: ++id, content, entities: [], ingestedAt: at };
}

const quantile = (sorted: Float64Array, q: number) => sorted[Math.floor(q * (sorted.length - 1))]!;
let stories = 0;
const allocate = () => ++stories;

function stream(): void {
  const grouper = createGrouper();
  const entries = Array.from({ length: STREAM }, (_, i) => entry(i * 60_000));
  for (const given of entries.slice(0, 2_000)) grouper.assign(given, allocate);
  const before = performance.now();
  const cpu = process.cpuUsage();
  for (const given of entries.slice(2_000)) grouper.assign(given, allocate);
  const seconds = (performance.now() - before) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const rate = (divisor: number) => Math.round((STREAM - 2_000) / divisor).toLocaleString('en');
  console.log(
    `stream: ${rate(seconds)} articles/s of ~190 characters (${rate((user + system) / 1e6)} per second of CPU), ${grouper.size().stories} stories`,
  );
}

function intoManyLive(): void {
  const grouper = createGrouper();
  const empty = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  for (let i = 0; i < LIVE; i++) grouper.assign(entry(i * 1_000), allocate);
  globalThis.gc?.();
  const used = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - empty;
  const times = new Float64Array(PROBES);
  for (let i = 0; i < PROBES; i++) {
    const given = entry(LIVE * 1_000 + i);
    const before = performance.now();
    grouper.assign(given, allocate);
    times[i] = performance.now() - before;
  }
  times.sort();
  const { articles, stories: live } = grouper.size();
  console.log(
    `one article into ${articles.toLocaleString('en')} live ones (${live.toLocaleString('en')} stories): median ${quantile(times, 0.5).toFixed(3)} ms, p99 ${quantile(times, 0.99).toFixed(3)} ms; ${Math.round(used / 2 ** 20)} MB`,
  );
}

stream();
intoManyLive();
