/** Share of stories, 0 to 1, that have a term whatever the news: 0 for a rare one. */
export function commonness(_term: string): number {
  return 0;
}
