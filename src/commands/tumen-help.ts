import { fill } from '../locale/labels.ts';
import { tumenWords } from '../locale/tumen-words.ts';
import { nearest } from '../text/nearest.ts';
import type { Actor, Block, Command } from './command.ts';
import { commandsFor } from './commands-for.ts';
import { inGroup } from './in-group.ts';
import { refuse, say, text } from './say.ts';
import type { TumenDeps } from './tumen-deps.ts';

/** Commands that are offered for a word that is none. */
const MOST_OFFERED = 5;

/** What there is to do, or one command in detail with examples. */
export function helpCommand({ commands }: TumenDeps): Command {
  return {
    path: ['tumen', 'help'],
    names: { en: 'help', ko: '도움말', ru: 'помощь' },
    description: {
      en: 'What tumen can do, or one command with examples',
      ko: 'tumen이 하는 일, 또는 명령 하나와 예',
      ru: 'Что умеет tumen, или одна команда с примерами',
    },
    options: [
      {
        name: 'command',
        names: { en: 'command', ko: '명령', ru: 'команда' },
        description: { en: 'The command to explain', ko: '설명할 명령', ru: 'Какую команду объяснить' },
        type: 'string',
        maxLength: 60,
        example: 'story show',
        rest: true,
        complete: async (typed, { actor }) => {
          const word = typed.replace(/^\//, '').toLowerCase();
          return commands()
            .map((command) => ({ command, path: command.path.join(' ') }))
            .filter(({ path }) => path.includes(word))
            .slice(0, 25)
            .map(({ command, path }) => ({
              value: path,
              label: `/${path}: ${command.description[actor.locale]}`,
            }));
        },
      },
    ],
    right: 'anyone',
    personal: true,
    examples: ['/tumen help', '/tumen help command:story show'],
    async run({ command: asked }, { actor }) {
      const words = tumenWords(actor.locale);
      const known = commandsFor(commands(), actor.platform);
      if (asked === undefined) return say(actor, overview(known, actor));
      const wanted = String(asked).replace(/^\//, '').replace(/\s+/g, ' ').toLowerCase();
      const paths = known.map((command) => command.path.join(' '));
      const found = known[paths.indexOf(wanted)];
      if (found) return say(actor, details(found, actor));
      const group = inGroup(known, wanted);
      if (group.length)
        return say(actor, [
          heading(`/${group[0]!.path[0]}`),
          commandList(group, actor),
          helpMore(group, words),
        ]);
      const alike = known.filter((command) => namesOf(command).some((name) => name.includes(wanted)));
      const near = nearest(wanted, [...paths, ...known.flatMap(namesOf)]);
      const meant =
        near === null
          ? []
          : known.filter((command) => [...namesOf(command), command.path.join(' ')].includes(near));
      const offered = (alike.length ? alike : meant).slice(0, MOST_OFFERED);
      const line = fill(words.unknownCommand, { a: wanted });
      if (!offered.length) return refuse(actor, [line, words.helpMore]);
      const actions = offered.map((command) => {
        const path = command.path.join(' ');
        return { label: `/${path}`, call: { path: 'tumen help', options: { command: path } } };
      });
      const blocks: Block[] = [text(line), commandList(offered, actor), { kind: 'actions', actions }];
      return say(actor, blocks, { failed: true });
    },
  };
}

function overview(commands: readonly Command[], actor: Actor): Block[] {
  const words = tumenWords(actor.locale);
  const shown = commands.filter((command) => actor.installed !== false || command.personal);
  return [
    { kind: 'heading', text: words.help },
    text(words.helpIntro),
    commandList(shown, actor),
    text(`* ${words.helpManage}`),
    text(words.helpMore),
  ];
}

const heading = (title: string): Block => ({ kind: 'heading', text: title });

function commandList(commands: readonly Command[], { locale }: Actor): Block {
  return {
    kind: 'list',
    items: commands.map((command) => ({
      text: [
        { code: `/${command.path.join(' ')}` },
        ` ${command.description[locale]}${command.right === 'manage' ? ' *' : ''}`,
      ],
    })),
  };
}

/** How to ask for one of these, by the first of them. */
function helpMore([first]: readonly Command[], words: { helpMore: string }): Block {
  return text(words.helpMore.replace('story show', first!.path.join(' ')));
}

/** Every name of a command's own word, in our languages. */
function namesOf({ path, names }: Command): string[] {
  return [path.at(-1)!, ...Object.values(names ?? {})].map((name) => name.toLowerCase());
}

function details(command: Command, actor: Actor): Block[] {
  const words = tumenWords(actor.locale);
  return [
    { kind: 'heading', text: `/${command.path.join(' ')}` },
    text(command.description[actor.locale]),
    ...(command.right === 'manage' ? [text(`* ${words.helpManage}`)] : []),
    {
      kind: 'list',
      items: command.options.map((option) => ({
        text: [
          { code: option.required ? option.name : `[${option.name}]` },
          ` ${option.description[actor.locale]} (`,
          { code: option.example },
          ')',
        ],
      })),
    },
    ...command.examples.map((example): Block => ({ kind: 'text', text: [{ code: example }] })),
  ];
}
