import type { StoryReport } from '../stories/story-report.ts';

/** Titles of this many UTF-16 units read well as a headline; wide scripts need fewer. */
const GOOD_LENGTH = { wide: { least: 10, most: 60 }, narrow: { least: 25, most: 115 } };

/**
 * The report whose title stands for the story: in the reader's first language that has one; a report rather than
 * opinion, free rather than paywalled, independent rather than state media, of a trusted outlet, first-hand.
 * @param since for a story that has been shown: titles of its news come first
 */
export function chooseHeadline(
  reports: readonly StoryReport[],
  languages: readonly string[],
  since: number | null,
): StoryReport {
  const rank = (report: StoryReport) => {
    const place = languages.indexOf(report.language);
    return place < 0 ? languages.length : place;
  };
  const best = Math.min(...reports.map(rank));
  return reports
    .filter((report) => rank(report) === best)
    .map((report) => ({ report, score: scoreTitle(report, since) }))
    .reduce((a, b) => (b.score > a.score ? b : a)).report;
}

function scoreTitle(report: StoryReport, since: number | null): number {
  const wide = /[\p{Script=Hangul}\p{Script=Han}]/u.test(report.title);
  const { least, most } = wide ? GOOD_LENGTH.wide : GOOD_LENGTH.narrow;
  const { outlet, title } = report;
  return (
    (report.kind === 'report' ? 3 : report.kind === 'statement' ? 2 : 0) +
    (3 - outlet.tier) +
    (outlet.stateMedia ? -1.5 : 0) +
    (outlet.paywalled ? -0.5 : 0) +
    (report.originId === report.articleId ? 1 : 0) +
    (title.length >= least && title.length <= most ? 0.5 : 0) +
    (/[?？]\s*$/.test(title) ? -1 : 0) +
    (since !== null && report.joinedAt > since ? 4 : 0)
  );
}
