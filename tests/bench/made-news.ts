import type { NewArticle } from '../../src/model/article.ts';

/** Invented news for loads: one in a hundred is on the topic, as in the feeds of newspapers; the rest is everyday. */
const PLACES = [
  'Khasan',
  'Pyongyang',
  'Vladivostok',
  'Rason',
  'Moscow',
  'Seoul',
  'Wonsan',
  'Sinuiju',
  'Tumangang',
  'Ussuriysk',
];
const THINGS = [
  'coal',
  'grain',
  'timber',
  'fuel',
  'rail parts',
  'seafood',
  'textiles',
  'machine tools',
  'flour',
  'cement',
];
const DEEDS = [
  'signed a contract on',
  'opened talks about',
  'sent a delegation for',
  'announced limits on',
  'resumed shipments of',
  'denied transfers of',
];
const TOWNS = ['Ashford', 'Brindle', 'Calder', 'Dunmore', 'Elstow', 'Farley', 'Garton', 'Hadley'];
const EVENTS = [
  'opens a new library',
  'wins the regional cup',
  'plans a tram line',
  'votes on the school budget',
  'hosts a flower show',
  'repairs its old bridge',
];

export function madeTitle(i: number): string {
  const pick = <T>(list: readonly T[], step: number) => list[Math.floor(i / step) % list.length]!;
  if (i % 100 === 0)
    return `Russia and North Korea: ${pick(PLACES, 100)} ${pick(DEEDS, 700)} ${pick(THINGS, 4100)}, round ${Math.floor(i / 40_000)}`;
  return `${pick(TOWNS, 1)} ${pick(EVENTS, 3)} in week ${Math.floor(i / 50)}`;
}

export function madeText(i: number): string {
  const n = 100 + ((i * 37) % 9000);
  if (i % 100 === 0)
    return `Officials of Russia and North Korea met in ${PLACES[(i / 100) % PLACES.length]} and spoke of ${n} tonnes of ${THINGS[Math.floor(i / 4100) % THINGS.length]}. The railway said ${n % 97} wagons had crossed the Tumen River bridge. Seoul said it was watching the shipments.`;
  return `The council of ${TOWNS[i % TOWNS.length]} expects ${n} visitors. The work will take ${n % 50} weeks, the mayor said. Shops in the main street stay open.`;
}

export function madeArticle(i: number, outletId: number, at: number): NewArticle {
  const url = `https://made.example/${i}`;
  return {
    identity: `url:${url}`,
    url,
    guid: url,
    outletId,
    title: madeTitle(i),
    text: madeText(i),
    language: 'en',
    published: at,
    firstSeen: at,
    backfill: false,
    authors: [],
    categories: [],
    thumbnail: null,
  };
}
