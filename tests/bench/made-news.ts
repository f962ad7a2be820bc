import type { NewArticle } from '../../src/model/article.ts';

/**
 * Invented news for loads. One article in 25 is on the topic; those of one day tell of up to 60 events, a few of them
 * told by many outlets and most by some, in one of four wordings. The rest is everyday.
 */
const ON_TOPIC = 25;
const EVENTS_A_DAY = 60;
/** Articles that the archive spreads over one day; what feeds carry is all of one day. */
const A_DAY = 333;

const WHO = [
  ['Kim Jong Un', 'The North Korean leader'],
  ['Sergei Lavrov', "Russia's foreign minister"],
  ['The railway ministry in Pyongyang', 'North Korean rail officials'],
  ['A Russian military delegation', 'Officers of the Russian army'],
  ['The port authority of Rason', 'Port managers in Rason'],
  ['Choe Son Hui', "Pyongyang's foreign minister"],
  ['A trade mission from Primorye', 'Traders of the Primorye region'],
  ['The Russian health ministry', 'Health officials in Moscow'],
  ['North Korean engineers', 'A team of engineers from Pyongyang'],
  ['Deputies of the State Duma', 'Russian lawmakers'],
  ['The Korean Central News Agency', "Pyongyang's news agency"],
  ['Customs officers at Khasan', 'The customs post of Khasan'],
] as const;
const DEED = [
  ['sign an accord on', 'reach an agreement on'],
  ['open talks about', 'begin negotiations on'],
  ['halt the delivery of', 'stop shipments of'],
  ['inspect a depot of', 'visit a warehouse with'],
  ['announce limits on', 'set quotas for'],
  ['deny transfers of', 'reject reports about'],
  ['double the output of', 'raise production of'],
  ['open a joint school for', 'found a training centre for'],
] as const;
const THING = [
  'artillery shells',
  'coal',
  'winter wheat',
  'tourist flights',
  'fishing licences',
  'satellite parts',
  'rail sleepers',
  'vaccines',
  'construction labour',
  'diesel fuel',
  'seafood',
  'rocket engines',
  'student exchanges',
  'timber',
  'mobile networks',
  'border bridges',
  'machine tools',
  'drones',
  'refinery spares',
  'banknotes',
];
const PLACE = [
  'Pyongyang',
  'Vladivostok',
  'Rason',
  'Moscow',
  'Wonsan',
  'Khabarovsk',
  'Sinuiju',
  'Tumangang',
  'Ussuriysk',
  'Chongjin',
  'Nakhodka',
];
/** Who is told of, in how many ways a report can go on: an event has five of these. */
const SENTENCES: ((e: Event) => string)[] = [
  (e) => `Work on ${e.thing} had waited since ${2015 + (e.figure % 9)} for want of money.`,
  (e) => `A ferry carried ${e.figure} crates to ${e.place} overnight, two sailors told reporters.`,
  (e) => `Satellite pictures show ${e.figure % 41} new sheds beside the station of ${e.place}.`,
  (e) => `Neither capital named a price; dealers guess at ${e.figure * 3} million roubles.`,
  (e) => `Guards closed the road out of ${e.place} and sent lorries back before noon.`,
  (e) => `The guests were shown a school, a brewery and a hall with ${e.figure} seats.`,
  () => `Sanctions of 2017 forbid much of this, a diplomat in Geneva noted.`,
  (e) => `Every tenth household near ${e.place} lives on ${e.thing}, a survey found.`,
  (e) => `The first train is due within ${e.figure % 29} weeks if the thaw allows.`,
  (e) => `State television gave the visit eleven minutes and no word of ${e.thing}.`,
  (e) => `A clause on ${e.thing} was struck out at the last moment, one envoy recalled.`,
  (e) => `Doctors travelled with the group, ${e.figure % 17} of them from Tomsk.`,
  (e) => `Tokyo asked for an explanation and summoned an attaché over ${e.thing}.`,
  (e) => `Markets in ${e.place} sold out of rice on rumours about the meeting.`,
  (e) => `Seoul has counted ${e.figure} such journeys since spring.`,
  () => `Insurers refuse to cover the cargo, a broker in Piraeus said.`,
];
const TOWNS = ['Ashford', 'Brindle', 'Calder', 'Dunmore', 'Elstow', 'Farley', 'Garton', 'Hadley'];
const EVERYDAY = [
  'opens a new library',
  'wins the regional cup',
  'plans a tram line',
  'votes on the school budget',
  'hosts a flower show',
  'repairs its old bridge',
];

export function madeTitle(i: number): string {
  if (!isOnTopic(i)) return `${at(TOWNS, i)} ${at(EVERYDAY, i / 3)} in week ${Math.floor(i / 50)}`;
  const { who, deed, thing, place, figure, wording } = eventOf(i);
  const [subject, verb] = [who[wording & 1]!, deed[wording >> 1]!];
  return at(
    [
      `${subject} in ${place} to ${verb} Russian and North Korean ${thing}`,
      `North Korea and Russia ${verb} ${thing}: ${subject} in ${place}`,
      `${place}: ${subject} to ${verb} ${figure} loads of ${thing}`,
    ],
    wording,
  );
}

export function madeText(i: number): string {
  const n = 100 + ((i * 37) % 9000);
  if (!isOnTopic(i))
    return `The council of ${at(TOWNS, i)} expects ${n} visitors. The work will take ${n % 50} weeks, the mayor said. Shops in the main street stay open.`;
  const event = eventOf(i);
  const subject = event.who[event.wording & 1]!;
  const verb = event.deed[event.wording >> 1]!;
  const rest = Array.from({ length: 5 }, (_, k) => at(SENTENCES, scatter(event.id + k))(event));
  return [
    `${subject} came to ${event.place} to ${verb} ${event.thing} between Russia and North Korea, ${event.figure} loads in all.`,
    // Each outlet leaves another one out.
    ...rest.filter((_, k) => k !== n % 7),
  ].join(' ');
}

export function madeArticle(i: number, outletId: number, seenAt: number): NewArticle {
  const url = `https://made.example/${i}`;
  return {
    identity: `url:${url}`,
    url,
    guid: url,
    outletId,
    title: madeTitle(i),
    text: madeText(i),
    language: 'en',
    published: seenAt,
    firstSeen: seenAt,
    backfill: false,
    authors: [],
    categories: [],
    thumbnail: null,
  };
}

interface Event {
  id: number;
  who: readonly [string, string];
  deed: readonly [string, string];
  thing: string;
  place: string;
  figure: number;
  wording: number;
}

function isOnTopic(i: number): boolean {
  return scatter(i) % ON_TOPIC === 0;
}

/** Of the day's events the first is told most often, the second half as often, and so on. */
function eventOf(i: number): Event {
  const share = (scatter(i + 7) % 10_000) / 10_000;
  const place = Math.floor((EVENTS_A_DAY + 1) ** share) - 1;
  const event = scatter(Math.min(Math.floor(i / A_DAY), 3_000) * EVENTS_A_DAY + place);
  return {
    id: event,
    who: at(WHO, event),
    deed: at(DEED, event / WHO.length),
    thing: at(THING, event / (WHO.length * DEED.length)),
    place: at(PLACE, event / (WHO.length * DEED.length * THING.length)),
    figure: 20 + (event % 880),
    wording: scatter(i + 13) % 4,
  };
}

function at<T>(list: readonly T[], i: number): T {
  return list[Math.floor(i) % list.length]!;
}

/** A number below 2^31 that looks drawn by lot and is the same each time. */
function scatter(i: number): number {
  let x = (i + 1) * 2_654_435_761;
  x = ((x % 4_294_967_296) ^ ((x % 4_294_967_296) >>> 15)) >>> 0;
  return Math.imul(x, 2_246_822_519) >>> 1;
}
