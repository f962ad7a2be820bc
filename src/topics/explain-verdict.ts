import { fill, formatNumber } from '../locale/labels.ts';
import { whyWords } from '../locale/why-words.ts';
import type { Locale } from '../model/digest.ts';
import type { Reason, Verdict } from '../model/topic.ts';

/** Longer sentences are cut: the place of the words is enough to find them. */
const LONGEST = 240;

/** A verdict in words: first how it ended, then what it rests on. */
export function explainVerdict(
  verdict: Verdict,
  threshold: number,
  locale: Locale,
): { end: string; grounds: string[] } {
  const words = whyWords(locale);
  const round = (n: number) => formatNumber(locale, Math.round(n * 100) / 100);
  const end = verdict.reasons[0]?.code ?? 'no-side';
  const grounds: string[] = [];
  const deciding = verdict.reasons.find((reason) => reason.code === 'deciding-sentence');
  if (deciding?.text) grounds.push(fill(words.decided, { a: clip(deciding.text) }));
  const weighed = verdict.reasons
    .filter((reason) => reason.weight !== undefined && words.feature[reason.code] !== undefined)
    .sort((a, b) => Math.abs(b.weight!) - Math.abs(a.weight!));
  const list = (reasons: Reason[]) =>
    reasons
      .map(
        ({ code, weight }) =>
          `${words.feature[code]} (${weight! > 0 ? '+' : '−'}${round(Math.abs(weight!))})`,
      )
      .join(', ');
  const raised = weighed.filter((reason) => reason.weight! > 0);
  const lowered = weighed.filter((reason) => reason.weight! < 0);
  if (raised.length) grounds.push(fill(words.raised, { a: list(raised) }));
  if (lowered.length) grounds.push(fill(words.lowered, { a: list(lowered) }));
  for (const { code, text } of verdict.reasons)
    if (code.startsWith('exclusion:'))
      grounds.push(fill(words.excludedWords, { a: code.slice('exclusion:'.length), b: text ?? '' }));
  if (verdict.reasons.some(({ code }) => code === 'asked-a-model')) grounds.push(words.askedModel);
  const names = namesBySide(verdict.reasons, { pair: words.pair, group: words.group });
  if (names) grounds.push(fill(words.names, { a: names }));
  return { end: fill(words.verdict[end] ?? end, { n: round(verdict.score), m: round(threshold) }), grounds };
}

function namesBySide(reasons: Reason[], together: { pair: string; group: string }): string {
  const found = new Map<string, string[]>();
  for (const { code, text, side } of reasons) {
    if (!text || !['names', 'pair', 'group', 'implied'].includes(code)) continue;
    const key = side ?? together[code as 'pair' | 'group'];
    found.set(key, [...(found.get(key) ?? []), `“${text}”`]);
  }
  return [...found].map(([key, names]) => `${key} ${names.join(' ')}`).join('; ');
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST).toWellFormed()}…` : line;
}
