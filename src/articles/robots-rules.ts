/** What a robots.txt asks of us. */
export interface RobotsRules {
  /** @param path with its query, as a URL has it */
  allows(path: string): boolean;
  /** Wait between two pages, ms. */
  delayMs: number;
}

interface Rule {
  /** The parts between its wildcards. */
  parts: string[];
  /** `$`: the path ends where the pattern does. */
  whole: boolean;
  /** Octets, by which the most specific rule is found. */
  length: number;
  allow: boolean;
}

/** Rules of one group that are read. */
const MOST_RULES = 10_000;
/** A longer wait than this would hold up everybody else's pages. */
const LONGEST_DELAY_MS = 30_000;

/**
 * Reads a robots.txt after RFC 9309. Matching takes time in proportion to the length of rules and path, whatever the
 * wildcards: the file is somebody else's.
 * @param agent our product token, lower case
 */
export function readRobots(text: string, agent: string): RobotsRules {
  const groups = { own: newGroup(), any: newGroup() };
  let isOurs = false;
  let current: Group[] = [];
  let inAgents = false;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    const value = line
      .slice(colon + 1)
      .replace(/#.*/, '')
      .trim();
    if (key === 'user-agent') {
      if (!inAgents) current = [];
      inAgents = true;
      const token = value.toLowerCase().split('/')[0]!.trim();
      if (token === agent) {
        isOurs = true;
        current.push(groups.own);
      } else if (token === '*') current.push(groups.any);
    } else if (key === 'allow' || key === 'disallow') {
      inAgents = false;
      for (const { rules } of current)
        if (value && rules.length < MOST_RULES) rules.push(readRule(value, key === 'allow'));
    } else if (key === 'crawl-delay') {
      inAgents = false;
      const ms = Number(value) * 1_000;
      if (ms > 0) for (const group of current) group.delayMs = Math.min(ms, LONGEST_DELAY_MS);
    }
  }
  const { rules, delayMs } = isOurs ? groups.own : groups.any;
  return { allows: (path) => isAllowed(rules, normalize(path)), delayMs };
}

interface Group {
  rules: Rule[];
  delayMs: number;
}

function newGroup(): Group {
  return { rules: [], delayMs: 0 };
}

function readRule(pattern: string, allow: boolean): Rule {
  const whole = pattern.endsWith('$');
  const text = normalize(whole ? pattern.slice(0, -1) : pattern);
  return { parts: text.split(/\*+/), whole, length: text.length + Number(whole), allow };
}

/** The longest rule that matches decides; of two as long, the one that allows. */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  let best: Rule | null = null;
  for (const rule of rules) {
    const isBetter =
      best === null ||
      rule.length > best.length ||
      (rule.length === best.length && rule.allow && !best.allow);
    if (isBetter && matches(rule, path)) best = rule;
  }
  return best?.allow ?? true;
}

/** Each part at its first place behind the one before: where any way matches, this one does. */
function matches({ parts, whole }: Rule, path: string): boolean {
  if (!path.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  if (parts.length === 1) return !whole || at === path.length;
  for (const part of parts.slice(1, -1)) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1)!;
  return whole ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) >= 0;
}

/** One spelling for what RFC 9309, 2.2.2 holds for equal: encoded letters decoded, others encoded, in capitals. */
function normalize(path: string): string {
  if (/^[\0-\x24\x26-\x7f]*$/.test(path)) return path;
  return path
    .toWellFormed()
    .replace(/[^\0-\x7f]+/g, encodeURIComponent)
    .replace(/%[0-9a-f]{2}/gi, (code) => {
      const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
      return /[\w.~-]/.test(letter) ? letter : code.toUpperCase();
    });
}
