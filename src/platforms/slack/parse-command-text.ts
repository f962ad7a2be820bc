import {
  type Call,
  type Command,
  isRequired,
  type OptionSpec,
  type Options,
} from '../../commands/command.ts';
import { nearest } from '../../text/nearest.ts';
import { claimByLook } from './claim-words.ts';
import { type CommandTable, findCommand, findGroup, OWN, suggestCommand } from './find-command.ts';
import { takeNamed } from './take-named.ts';
import { LONG_DASH, readMention, splitWords, type Word } from './typed-words.ts';
import { LOOKS } from './word-looks.ts';

/** What the words after `/tumen` ask for. */
export type Parsed =
  | { kind: 'call'; call: Call }
  /** Nothing typed: a modal with pickers. */
  | { kind: 'menu' }
  | { kind: 'help'; path: string | null }
  /** The outer word of commands with two, alone or with a word that is none of them. */
  | { kind: 'group'; group: string; typed: string | null }
  /** With what was meant, its words read as far as they can be. */
  | { kind: 'unknown'; typed: string; suggestion: Command | null; call: Call | null }
  /** The command is known, a word has no place in it. */
  | { kind: 'leftover'; command: Command; word: string; suggestion: string | null; call: Call }
  /** A name of a channel or a group that Slack did not turn into one. */
  | { kind: 'unresolved'; command: Command; word: string; option: OptionSpec; call: Call };

/**
 * Reads `/tumen subscribe "artillery shells" -football hourly` by the shared command table. Options go by name
 * (`--zone Asia/Seoul`, `zone:Asia/Seoul`, and where nothing is looked for `zone Seoul`), in any of our languages, or by what they look like: a choice, a channel, a
 * number, a time; what is left belongs to the option that takes the rest.
 */
export function parseCommandText(text: string, table: CommandTable): Parsed {
  const words = withoutName(splitWords(text), table);
  const [first] = words;
  if (!first) return { kind: 'menu' };
  const help = table.commands.find(({ path }) => path.join(' ') === `${OWN} help`);
  const found = findCommand(textsOf(words), table);
  const isHelp =
    /^(help|\?+|--help|-h)$/i.test(first.text) || (help !== undefined && found?.command === help);
  if (isHelp) return readHelp(words.slice(found?.length ?? 1), table);
  if (!found) return readUnknown(words, table);
  const rest = words.slice(found.length);
  if (rest.some((word) => !word.quoted && /^(--help|-h)$/.test(word.text)))
    return { kind: 'help', path: found.command.path.join(' ') };
  return readOptions(found.command, rest);
}

const textsOf = (words: readonly Word[]) => words.map((word) => word.text);

/** `/tumen` or a slash that was pasted with the rest; `tumen` alone says nothing either. */
function withoutName(words: readonly Word[], table: CommandTable): Word[] {
  const [first, ...rest] = words;
  if (!first || first.quoted) return [...words];
  const text = first.text.replace(/^\/+/, '');
  const bare = { ...first, text, source: text };
  const isOwn = text.toLowerCase() === OWN && (first.text !== text || !findCommand(textsOf(words), table));
  const isMore = isOwn && (rest.length > 0 || first.text !== text);
  return isMore || text === '' ? rest : [bare, ...rest];
}

function readHelp(words: readonly Word[], table: CommandTable): Parsed {
  const [first] = words;
  // The help of a command may name it: `help command:why`, `help command why`.
  const named = words.length > 1 && first?.text.toLowerCase() === 'command' ? words.slice(1) : words;
  const asked = named.map((word) => ({ ...word, text: word.text.replace(/^(--)?command[:=]/, '') }));
  if (!first) return { kind: 'help', path: null };
  const found = findCommand(textsOf(withoutName(asked, table)), table);
  if (found) return { kind: 'help', path: found.command.path.join(' ') };
  const unknown = readUnknown(withoutName(asked, table), table);
  if (unknown.kind !== 'unknown' || !unknown.suggestion) return unknown;
  const path = unknown.suggestion.path.join(' ');
  return { ...unknown, call: { path: `${OWN} help`, options: { command: path } } };
}

function readUnknown(words: readonly Word[], table: CommandTable): Parsed {
  const texts = textsOf(words);
  const group = findGroup(texts[0], table);
  if (group !== null && texts.length === 1) return { kind: 'group', group, typed: null };
  const timed = group === null ? null : readTimed(group, words, table);
  if (timed) return timed;
  const meant = suggestCommand(texts, table);
  const typed = texts.slice(0, meant?.length ?? (group === null ? 1 : 2)).join(' ');
  if (!meant)
    return group === null
      ? { kind: 'unknown', typed, suggestion: null, call: null }
      : { kind: 'group', group, typed };
  const read = readOptions(meant.command, words.slice(meant.length));
  return { kind: 'unknown', typed, suggestion: meant.command, call: 'call' in read ? read.call : null };
}

/** `digest 8am #news`, `digest every day at 8`: the command of the group that takes a time of day. */
function readTimed(group: string, words: readonly Word[], { commands }: CommandTable): Parsed | null {
  const isTime = ({ text, quoted }: Word) =>
    !quoted && !/^\d+$/.test(text) && (LOOKS.time(text) ?? LOOKS.days(text));
  const [named, ...rest] = words;
  const suggestion = commands.find(
    ({ path, options }) =>
      path.length === 2 && path[0] === group && options.some(({ look }) => look === 'time'),
  );
  if (!named || !suggestion || !rest.some(isTime)) return null;
  const read = readOptions(suggestion, rest);
  const typed = `${named.text} ${rest[0]!.text}`;
  return { kind: 'unknown', typed, suggestion, call: 'call' in read ? read.call : null };
}

function readOptions(command: Command, words: readonly Word[]): Parsed {
  const { options: specs } = command;
  const { options, free, unresolved } = takeNamed(words, specs);
  const done = (): Call => ({ path: command.path.join(' '), options });
  if (unresolved) return { kind: 'unresolved', command, ...unresolved, call: done() };
  const unclaimed: Word[] = [];
  for (let i = 0; i < free.length; ) {
    const claimed = claimByLook(free.slice(i), specs, options);
    if (!claimed) unclaimed.push(free[i]!);
    else if (isPlace(free[i]!) && isFiller(unclaimed.at(-1)) && unclaimed.at(-1) === free[i - 1])
      unclaimed.pop();
    i += claimed || 1;
  }
  const open = (type: OptionSpec['type']) =>
    specs.find((option) => option.type === type && options[option.name] === undefined);
  for (const { text, quoted } of unclaimed) {
    const option = text.startsWith('#') ? open('channel') : text.startsWith('@') ? open('group') : undefined;
    if (option && !quoted && text.length > 1)
      return { kind: 'unresolved', command, word: text, option, call: done() };
  }
  const taker = specs.find((option) => option.rest && options[option.name] === undefined);
  const odd = unclaimed.find((word) => !word.quoted && /^--\S/.test(word.text));
  const near =
    odd &&
    nearest(
      odd.text.slice(2).toLowerCase(),
      specs.map(({ name }) => name),
    );
  if (odd && (near || !taker))
    return { kind: 'leftover', command, word: odd.text, suggestion: near ? `--${near}` : null, call: done() };
  if (taker && unclaimed.length) {
    options[taker.name] = unclaimed.map(asQueried).join(' ');
    return { kind: 'call', call: done() };
  }
  for (const word of unclaimed.filter((one) => !isFiller(one))) {
    const option = takerOf(specs, options);
    if (!option) return { kind: 'leftover', command, word: word.text, suggestion: null, call: done() };
    options[option.name] = word.text;
  }
  return { kind: 'call', call: done() };
}

/** Words that join the others and say nothing where no query is asked for. */
const FILLERS = /^(at|on|in|to|for|every|each|and|в|во|на|по|и|каждый)$/i;
const isFiller = (word: Word | undefined) => word !== undefined && !word.quoted && FILLERS.test(word.text);
/** `in #news`, `in here`, `в #news`: the word before belongs to it, not to a query. */
const isPlace = ({ text }: Word) => readMention(text)?.kind === 'channel' || LOOKS.here(text) !== null;

/**
 * The option a word belongs to that looks like nothing: one that must be there, whose refusal then names it, or the only
 * one of free text.
 */
function takerOf(specs: readonly OptionSpec[], options: Options): OptionSpec | null {
  const isOpen = ({ name }: OptionSpec) => options[name] === undefined;
  const needed = specs.find(
    (option) => isOpen(option) && TYPED.has(option.type) && isRequired(option, options),
  );
  if (needed) return needed;
  const plain = specs.filter(({ type, look }) => type === 'string' && !look);
  return plain.length === 1 && isOpen(plain[0]!) ? plain[0]! : null;
}

const TYPED = new Set<OptionSpec['type']>(['string', 'integer', 'boolean', 'choice']);

/** In a query a long dash is a minus: no option is called so. */
function asQueried({ source, quoted }: Word): string {
  return quoted ? source : source.replace(LONG_DASH, '-').replace(/^--(?=\S)/, '-');
}
