/** What is measured of an article; each has a weight in the topic file. */
export const FEATURES = [
  'title-both',
  'title-cue',
  'title-one',
  'title-third',
  'lead-both',
  'lead-cue',
  'list-unity',
  'cue',
  'near',
  'depth',
  'bridged',
  'third-parties',
  'excluded',
  'roundup',
] as const;

type Feature = (typeof FEATURES)[number];
export type Features = Record<Feature, number>;
