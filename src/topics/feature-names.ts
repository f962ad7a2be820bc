/** What is measured of an article; each has a weight in the topic file. */
export const FEATURES = [
  'title-both',
  'title-cue',
  'title-list',
  'title-one',
  'lead-both',
  'lead-list',
  'cue',
  'near',
  'share',
  'implied',
  'apart',
  'late',
  'third-parties',
  'excluded',
  'roundup',
] as const;

export type Feature = (typeof FEATURES)[number];
export type Features = Record<Feature, number>;
