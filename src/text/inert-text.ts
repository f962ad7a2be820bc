/**
 * What text of a feed, a page or a chat user may not carry to a person: control characters, bidi overrides and
 * marks (they reorder the rest of a line), characters that are drawn as nothing, tags, non-characters.
 * ZWJ and ZWNJ stay: emoji and Persian need them.
 */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e0fff}]/gu;
const SPACES = /[\s\u2028\u2029]+/g;
/** More marks on one letter than any script needs ("zalgo") would paint over the lines around. */
const STACKED_MARKS = /(\p{Mn}{4})\p{Mn}+/gu;

/** One line of text that is only text: safe to put between our own words, whatever a feed says. */
export function inertText(text: string): string {
  return text
    .toWellFormed()
    .replace(SPACES, ' ')
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts to at most `most` UTF-16 units, between graphemes and rather after a word, with `…` where something went. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text.slice(0, most + 64))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  const cut = text.slice(0, end);
  const space = cut.lastIndexOf(' ');
  return `${(space > most * 0.8 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
