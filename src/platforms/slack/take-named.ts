import type { OptionSpec, Options, OptionValue } from '../../commands/command.ts';
import { isBoolean, namesOf } from './claim-words.ts';
import { readMention, type Word } from './typed-words.ts';
import { LOOKS, timeLength, zoneLength } from './word-looks.ts';

interface Named {
  options: Options;
  /** Words that no name stands before. */
  free: Word[];
  /** A channel or a group that is named and that Slack did not turn into one. */
  unresolved: { word: string; option: OptionSpec } | null;
}

/** Takes out of the words the options that go by name, with their values. */
export function takeNamed(words: readonly Word[], specs: readonly OptionSpec[]): Named {
  const options: Options = {};
  const free: Word[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const named = nameOf(word, specs) ?? bareNameOf(word, words[i + 1], specs);
    if (!named) {
      free.push(word);
      continue;
    }
    const { option } = named;
    if (named.value === null && option.type === 'boolean' && !isBoolean(words[i + 1]?.text)) {
      options[option.name] = true;
      continue;
    }
    const first = named.value ?? words[++i]?.text ?? '';
    const following = [first, ...words.slice(i + 1).map(({ text }) => text)];
    const length = lengthOf(option, following);
    const value = following.slice(0, length).join(' ');
    i += length - 1;
    const read = namedValue(value, option);
    if (read === null) return { options, free, unresolved: { word: value, option } };
    options[option.name] = read;
  }
  return { options, free, unresolved: null };
}

/** How many words are one value: `New York`, `8 am`. */
function lengthOf({ look }: OptionSpec, words: readonly string[]): number {
  if (look === 'zone') return zoneLength(words);
  return look === 'time' ? timeLength(words) : 1;
}

/** `--zone`, `--zone=Asia/Seoul`, `—zone` or `zone:Asia/Seoul`; other `word:word` belongs to the query language. */
function nameOf(
  word: Word,
  options: readonly OptionSpec[],
): { option: OptionSpec; value: string | null } | null {
  if (word.quoted) return null;
  const match =
    /^(?:--|[—―]+)([\p{L}][\p{L}\p{N}_-]*)(?:=(.*))?$/u.exec(word.text) ??
    /^([\p{L}][\p{L}\p{N}_-]*)[:=](.+)$/u.exec(word.text);
  const name = match?.[1]?.toLowerCase();
  const option = options.find((one) => name !== undefined && namesOf(one).includes(name));
  return match && option ? { option, value: match[2] ?? null } : null;
}

/**
 * `zone Asia/Seoul`, `language 한국어`, `into 4`: the name alone and a value. Never where a query is asked for, and beside
 * any other free text only a number.
 */
function bareNameOf(
  word: Word,
  next: Word | undefined,
  specs: readonly OptionSpec[],
): { option: OptionSpec; value: null } | null {
  const taker = specs.find(({ rest }) => rest);
  if (!next || word.quoted || taker?.freeText) return null;
  const name = word.text.toLowerCase();
  const option = specs.find((one) => namesOf(one).includes(name));
  if (!option || (option.type === 'boolean' && !isBoolean(next.text))) return null;
  const isNumber = (option.type === 'integer' || option.look === 'number') && /^\d+$/.test(next.text);
  return taker && !isNumber ? null : { option, value: null };
}

/** Null where a channel or a group is named that Slack did not turn into one; anything else is checked by the command. */
function namedValue(text: string, option: OptionSpec): OptionValue | null {
  if (option.type === 'channel' || option.type === 'group') {
    const mention = readMention(text);
    if (mention) return mention.kind === option.type ? mention.id : null;
    return (option.type === 'channel' ? /^[CGD][A-Z0-9]+$/ : /^[SUW][A-Z0-9]+$/).test(text) ? text : null;
  }
  const looked = option.type === 'boolean' || !option.look ? null : LOOKS[option.look](text);
  return looked ?? text;
}
