import { fill } from '../locale/labels.ts';
import { tumenWords } from '../locale/tumen-words.ts';
import { nearest } from '../text/nearest.ts';
import type { Actor, Block, Command } from './command.ts';
import { commandsFor } from './commands-for.ts';
import { refuse, say, text } from './say.ts';
import type { TumenDeps } from './tumen-deps.ts';

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
      const near = nearest(wanted, paths);
      return refuse(actor, [
        fill(words.unknownCommand, { a: wanted }),
        near ? fill(words.didYouMean, { a: near }) : words.helpMore,
      ]);
    },
  };
}

function overview(commands: readonly Command[], actor: Actor): Block[] {
  const words = tumenWords(actor.locale);
  const shown = commands.filter((command) => actor.installed !== false || command.personal);
  return [
    { kind: 'heading', text: words.help },
    text(words.helpIntro),
    {
      kind: 'list',
      items: shown.map((command) => ({
        text: [
          { code: `/${command.path.join(' ')}` },
          ` ${command.description[actor.locale]}${command.right === 'manage' ? ' *' : ''}`,
        ],
      })),
    },
    text(`* ${words.helpManage}`),
    text(words.helpMore),
  ];
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
