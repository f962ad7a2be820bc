/** Words of a shingle: four in a row are rarely shared by two texts that were written apart. */
const SHINGLE = 4;
/** Slots of a signature; the standard error of the estimate is about 1/√64. */
const SLOTS = 64;
/** Terms that are read: the first paragraphs tell copies apart, page furniture follows them. */
const MAX_TERMS = 400;

/** A fingerprint of a text: one-permutation MinHash over word shingles, empty slots zero. */
export type Signature = Uint32Array;

function mix(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit FNV-1a over UTF-16 code units. */
export function hashTerm(term: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) h = Math.imul(h ^ term.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * Signature of a text given as terms in order; null where it is too short to say anything.
 * One permutation with binning (Li, Owen, Zhang 2012): one hash a shingle instead of 64.
 */
export function signatureOf(terms: readonly string[]): Signature | null {
  const n = Math.min(terms.length, MAX_TERMS);
  if (n < SHINGLE * 3) return null;
  const slots = new Uint32Array(SLOTS);
  const hashes = new Uint32Array(n);
  for (let i = 0; i < n; i++) hashes[i] = hashTerm(terms[i]!);
  for (let i = 0; i + SHINGLE <= n; i++) {
    let h = 0;
    for (let k = 0; k < SHINGLE; k++) h = (Math.imul(h, 31) + hashes[i + k]!) >>> 0;
    const value = mix(h) || 1;
    const slot = value & (SLOTS - 1);
    if (slots[slot] === 0 || value < slots[slot]!) slots[slot] = value;
  }
  return slots;
}

/** Estimated share of shingles two texts have in common (Jaccard), 0 to 1. */
export function resemblance(a: Signature, b: Signature): number {
  let same = 0;
  let used = 0;
  for (let i = 0; i < SLOTS; i++) {
    if (a[i] === 0 && b[i] === 0) continue;
    used++;
    if (a[i] === b[i]) same++;
  }
  return used ? same / used : 0;
}
