import type { Call, Command, OptionSpec, Options } from '../../commands/command.ts';
import { nearest } from '../../text/nearest.ts';

/** What the words after `/tumen` ask for. */
export type Parsed =
  | { kind: 'call'; call: Call }
  /** Nothing typed: a modal with pickers. */
  | { kind: 'menu' }
  | { kind: 'help'; path: string | null }
  | { kind: 'unknown'; typed: string; suggestion: string | null }
  /** The command is known, a word has no place in it. */
  | { kind: 'leftover'; command: Command; word: string };

interface Word {
  text: string;
  /** As typed, in straight quotes where it was quoted. */
  source: string;
  quoted: boolean;
}

/**
 * Reads `/tumen subscribe "artillery shells" -football hourly` by the shared command table. Options go by name
 * (`--zone Asia/Seoul`, `zone:Asia/Seoul`), or by what they look like: a choice, a channel, a number; what is left
 * belongs to the option that takes the rest. Quotes and dashes may be typographic, as phones type them.
 */
export function parseCommandText(text: string, commands: readonly Command[]): Parsed {
  const words = splitWords(straighten(text));
  const [first, second] = words.map((word) => word.text.toLowerCase());
  if (first === undefined) return { kind: 'menu' };
  if (first === 'help')
    return { kind: 'help', path: findPath(words.slice(1), commands)?.path.join(' ') ?? null };
  const command = findPath(words, commands);
  if (!command) {
    const paths = commands.map((c) => c.path.join(' '));
    const isGroup = paths.some((path) => path.startsWith(`${first} `));
    const typed = isGroup && second ? `${first} ${second}` : first;
    const known = isGroup
      ? paths.filter((path) => path.startsWith(`${first} `))
      : [...new Set([...paths, ...commands.map((c) => c.path[0])])];
    return {
      kind: 'unknown',
      typed,
      suggestion: nearest(typed, known) ?? (isGroup ? (known[0] ?? null) : null),
    };
  }
  const isShort = command.path[0] === OWN && first !== OWN;
  const rest = words.slice(command.path.length - (isShort ? 1 : 0));
  if (rest.some((word) => !word.quoted && /^(--help|-h)$/.test(word.text)))
    return { kind: 'help', path: command.path.join(' ') };
  return readOptions(command, rest);
}

/** `/tumen status` is `tumen status`: nobody types the name twice. */
const OWN = 'tumen';

function findPath(words: readonly Word[], commands: readonly Command[]): Command | null {
  const [first, second] = words.map((word) => word.text.toLowerCase());
  const two = commands.find(
    (command) => command.path.length === 2 && command.path[0] === first && command.path[1] === second,
  );
  return (
    two ??
    commands.find((command) => command.path.length === 1 && command.path[0] === first) ??
    commands.find((command) => command.path[0] === OWN && command.path[1] === first) ??
    null
  );
}

function readOptions(command: Command, words: readonly Word[]): Parsed {
  const options: Options = {};
  const free: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const named = nameOf(word, command.options);
    if (named) {
      const { option, value } = named;
      if (value !== null) options[option.name] = plainValue(value, option);
      else if (option.type === 'boolean' && !isBoolean(words[i + 1]?.text)) options[option.name] = true;
      else options[option.name] = plainValue(words[++i]?.text ?? '', option);
    } else free.push(word);
  }
  const unclaimed = free.filter((word) => !claimByLook(word, command.options, options));
  const taker = command.options.find((option) => option.rest && options[option.name] === undefined);
  if (taker && unclaimed.length) {
    options[taker.name] = unclaimed.map((word) => word.source).join(' ');
    return call(command, options);
  }
  for (const word of unclaimed) {
    const option = command.options.find(
      (o) => options[o.name] === undefined && (o.type === 'string' || o.type === 'file'),
    );
    if (!option) return { kind: 'leftover', command, word: word.text };
    options[option.name] = word.text;
  }
  return call(command, options);
}

function call(command: Command, options: Options): Parsed {
  return { kind: 'call', call: { path: command.path.join(' '), options } };
}

/** `--zone`, `--zone=Asia/Seoul` or `zone:Asia/Seoul`; other `word:word` belongs to the query language. */
function nameOf(
  word: Word,
  options: readonly OptionSpec[],
): { option: OptionSpec; value: string | null } | null {
  if (word.quoted) return null;
  const match = /^--([a-z][\w-]*)(?:=(.*))?$/i.exec(word.text) ?? /^([a-z][\w-]*)[:=](.+)$/i.exec(word.text);
  const option = match && options.find((o) => o.name === match[1]!.toLowerCase());
  return option ? { option, value: match[2] ?? null } : null;
}

/** A channel, a group, a choice or a number that an option waits for. Words for the rest stay there when quoted. */
function claimByLook(word: Word, specs: readonly OptionSpec[], options: Options): boolean {
  if (word.quoted) return false;
  for (const option of specs) {
    if (options[option.name] !== undefined) continue;
    const value = valueByLook(word.text, option);
    if (value === null) continue;
    options[option.name] = value;
    return true;
  }
  return false;
}

/** A mention stands for the id in it; anything else is checked by the command. */
function plainValue(text: string, option: OptionSpec): string {
  return option.type === 'channel' || option.type === 'group'
    ? String(valueByLook(text, option) ?? text)
    : text;
}

function valueByLook(text: string, option: OptionSpec): string | number | null {
  switch (option.type) {
    case 'channel':
      return /^<#([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? null;
    case 'group':
      return /^<(?:!subteam\^|@)([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1] ?? null;
    case 'choice':
      return (
        option.choices?.find((choice) => choice.value.toLowerCase() === text.toLowerCase())?.value ?? null
      );
    case 'integer':
      return /^\d{1,9}$/.test(text) ? Number(text) : null;
    default:
      return null;
  }
}

const isBoolean = (text: string | undefined) =>
  text !== undefined && /^(true|false|yes|no|on|off)$/i.test(text);

/** Phones type curly quotes and long dashes; Slack escapes `& < >`. */
function straighten(text: string): string {
  return text
    .replace(/[“”„‟«»＂]/g, '"')
    .replace(/(^|\s)[—―](?=\w)/g, '$1--')
    .replace(/(^|\s)[–−‑‐](?=\S)/g, '$1-')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}

function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/<[^>\s]+(?:\|[^>]*)?>|([-\w]*[:=]?)"([^"]*)"?|[^\s"]+/gu)) {
    const [source, prefix, inside] = match;
    if (inside === undefined) words.push({ text: source, source, quoted: false });
    else {
      // `zone:"Asia/Seoul"` is a named option; `-"phrase"` and `source:"a b"` stay words of the query.
      const isPlain = prefix === '';
      words.push({
        text: isPlain ? inside : `${prefix}${inside}`,
        source: `${prefix}"${inside}"`,
        quoted: isPlain,
      });
    }
  }
  return words;
}
