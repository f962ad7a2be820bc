import type {
  Block,
  Command,
  Dispatch,
  Inline,
  Localized,
  OptionSpec,
  Reply,
} from '../../commands/command.ts';
import { SLACK_DESCRIPTIONS, SLACK_NAMES, slackSentences } from '../../locale/slack-rewordings.ts';
import type { Locale } from '../../model/digest.ts';

/**
 * Everything that is said in the words of Slack: its commands all stand behind `/tumen`, and what is a server elsewhere
 * is a workspace. Only sentences of ours are reworded, each as a whole; what others wrote stays as it is.
 */
export interface SlackWording {
  /** The commands with their descriptions and hints. */
  commands: Command[];
  reply(reply: Reply): Reply;
  text(text: string, locale: Locale): string;
  /** A command in a line of ours: `/digest list` → `/tumen digest list`. */
  typed(text: string): string;
}

/** `/tumen digest list`, `/tumen status` */
export function typedPath(path: string): string {
  return path.startsWith('tumen ') ? `/${path}` : `/tumen ${path}`;
}

export function createWording(commands: Dispatch['commands']): SlackWording {
  const verbs = new Set(commands.map(({ path }) => path[0]).filter((verb) => verb !== 'tumen'));
  const slashed = verbs.size
    ? new RegExp(`(^|[\\s"“«(])/(${[...verbs].map(RegExp.escape).join('|')})(?=[\\s.,:;)"”»에로를]|$)`, 'g')
    : null;
  const described = commands.flatMap((command): [Localized, Localized][] => {
    const path = command.path.join(' ');
    const own = SLACK_DESCRIPTIONS[path];
    const options = command.options.flatMap(({ name, description }): [Localized, Localized][] => {
      const other = SLACK_DESCRIPTIONS[`${path}.${name}`];
      return other ? [[description, other]] : [];
    });
    return own ? [[command.description, own], ...options] : options;
  });
  const sentences = new Map<Locale, [RegExp, string][]>();

  return { commands: commands.map(worded), reply, text, typed };

  function typed(line: string): string {
    return slashed ? line.replace(slashed, '$1/tumen $2') : line;
  }

  function text(line: string, locale: Locale): string {
    for (const [said, inSlack] of described)
      if (line.includes(said[locale])) return typed(line.replace(said[locale], () => inSlack[locale]));
    for (const [said, inSlack] of sentencesOf(locale)) {
      const found = said.exec(line);
      if (found) return line.replace(found[0], () => fillNamed(inSlack, found.groups ?? {}));
    }
    return typed(line);
  }

  function sentencesOf(locale: Locale): [RegExp, string][] {
    let known = sentences.get(locale);
    if (!known) {
      known = slackSentences(locale).map(([said, inSlack]) => [patternOf(said), inSlack]);
      sentences.set(locale, known);
    }
    return known;
  }

  function worded(command: Command): Command {
    const path = command.path.join(' ');
    return {
      ...command,
      description: SLACK_DESCRIPTIONS[path] ?? everywhere(command.description),
      options: command.options.map((option) => wordedOption(path, option)),
    };
  }

  function wordedOption(path: string, option: OptionSpec): OptionSpec {
    const key = `${path}.${option.name}`;
    const names = SLACK_NAMES[key] ?? option.names;
    return {
      ...option,
      description: SLACK_DESCRIPTIONS[key] ?? everywhere(option.description),
      ...(names ? { names } : {}),
    };
  }

  function everywhere({ en, ko, ru }: Localized): Localized {
    return { en: typed(en), ko: typed(ko), ru: typed(ru) };
  }

  function reply(value: Reply): Reply {
    const word = (line: string) => text(line, value.locale);
    const inline = (part: Inline): Inline => {
      if (typeof part === 'string') return word(part);
      if ('strong' in part) return { strong: word(part.strong) };
      if ('code' in part) return { code: word(part.code) };
      return part;
    };
    const block = (one: Block): Block => {
      switch (one.kind) {
        case 'heading':
          return { ...one, text: word(one.text) };
        case 'text':
          return { ...one, text: one.text.map(inline) };
        case 'fields': {
          const fields = one.fields.map(({ label, value: shown }) => ({
            label: word(label),
            value: shown.map(inline),
          }));
          return { ...one, fields };
        }
        case 'list':
          return { ...one, items: one.items.map((item) => ({ ...item, text: item.text.map(inline) })) };
        default:
          return one;
      }
    };
    return { ...value, blocks: value.blocks.map(block) };
  }
}

/** `{a} is paused` → what it was filled with is found again; what has nothing to be filled may stand in a line. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name ? `(?<${name}>.+?)` : RegExp.escape(part);
  });
  return new RegExp(parts.length > 1 ? `^${parts.join('')}$` : parts[0]!, 's');
}

function fillNamed(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
