import type { OptionSpec, Options, OptionValue } from '../../commands/command.ts';
import { readMention, type Word } from './typed-words.ts';
import { LOOKS, MANY, timeLength } from './word-looks.ts';

/**
 * A channel, a group, a choice, a number or whatever an option waits for by its look: how many words it took, 0 where
 * none. What is quoted stays what it is.
 */
export function claimByLook(words: readonly Word[], specs: readonly OptionSpec[], options: Options): number {
  const [word] = words;
  if (!word || word.quoted) return 0;
  const hasRest = specs.some(({ rest }) => rest);
  const isBare = /^\d+$/.test(word.text) && timeLength(plainTexts(words)) === 1;
  for (const option of specs) {
    const before = options[option.name];
    // A bare number is a time where none is said yet: `8`.
    const isMany = MANY.has(option.look) && typeof before === 'string' && !isBare;
    if (before !== undefined && !isMany) continue;
    const claimed = valueByLook(words, option, hasRest);
    if (!claimed) continue;
    options[option.name] = isMany ? `${before},${claimed.value}` : claimed.value;
    return claimed.length;
  }
  return 0;
}

function valueByLook(
  words: readonly Word[],
  option: OptionSpec,
  hasRest: boolean,
): { value: OptionValue; length: number } | null {
  const { text } = words[0]!;
  const one = (value: OptionValue | null | undefined) => (value == null ? null : { value, length: 1 });
  switch (option.type) {
    case 'channel':
    case 'group': {
      const mention = readMention(text);
      return one(mention?.kind === option.type ? mention.id : null);
    }
    case 'choice':
      return choiceOf(words, option);
    case 'integer':
      // `155 mm` is looked for, unless the number is what the command is about.
      return one(/^\d{1,9}$/.test(text) && (option.required || !hasRest) ? Number(text) : null);
    case 'boolean':
      if (option.required && isBoolean(text)) return one(text);
      if (option.look && LOOKS[option.look](text)) return one(true);
      return one(!hasRest && namesOf(option).includes(text.toLowerCase()) ? true : null);
    default: {
      const length = option.look === 'time' ? timeLength(plainTexts(words)) : 1;
      const typed = length > 1 ? plainTexts(words).slice(0, length).join(' ') : text;
      const value = option.look && LOOKS[option.look](typed);
      return value == null ? null : { value, length };
    }
  }
}

/** Words up to the first that is quoted. */
function plainTexts(words: readonly Word[]): string[] {
  const end = words.findIndex(({ quoted }) => quoted);
  return words.slice(0, end === -1 ? words.length : end).map(({ text }) => text);
}

/** By its value, or by its label in any of our languages, which may be several words. */
function choiceOf(words: readonly Word[], option: OptionSpec): { value: OptionValue; length: number } | null {
  for (const { value, label } of option.choices ?? [])
    for (const name of [value, ...Object.values(label)]) {
      const length = name.split(' ').length;
      const some = words.slice(0, length);
      const typed = some.map(({ text }) => text).join(' ');
      if (some.every(({ quoted }) => !quoted) && typed.toLowerCase() === name.toLowerCase())
        return { value, length };
    }
  return null;
}

export const namesOf = ({ name, names }: OptionSpec) =>
  [name, ...Object.values(names ?? {})].map((one) => one.toLowerCase());

export const isBoolean = (text: string | undefined) =>
  text !== undefined && /^(true|false|yes|no|on|off|예|네|아니요|아니오|да|нет)$/i.test(text);
