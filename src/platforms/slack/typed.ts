import type { RespondFn, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import {
  type Action,
  type Block,
  type Call,
  type Command,
  type Dispatch,
  isRequired,
  type Reply,
} from '../../commands/command.ts';
import { dispatchWords } from '../../locale/dispatch-words.ts';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import type { Locale } from '../../model/digest.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { openView } from './answer-views.ts';
import type { Answers } from './answers.ts';
import { OWN } from './find-command.ts';
import { type Parsed, parseCommandText } from './parse-command-text.ts';
import type { SlackActor } from './people.ts';
import { renderMenu } from './render-form.ts';
import { typedPath } from './word-for-slack.ts';

const MOST_ECHO = 60;

/** `/tumen …`: runs what was typed, or says what was not understood and what would be. */
export async function answerTyped(
  command: SlashCommand,
  actor: SlackActor,
  respond: RespondFn,
  client: WebClient,
  { dispatch, answers }: { dispatch: Dispatch; answers: Answers },
): Promise<void> {
  const asked = { actor, respond };
  const { locale } = actor;
  const parsed = parseCommandText(command.text ?? '', dispatch);
  switch (parsed.kind) {
    case 'menu': {
      const view = renderMenu(dispatch.commands, dispatch.groups, {
        channelId: command.channel_id,
        locale,
      });
      await openView(client, command.trigger_id, view, asked, answers);
      return;
    }
    case 'help': {
      const options = parsed.path ? { command: parsed.path } : {};
      return await answers.run({ path: 'tumen help', options }, asked);
    }
    case 'call':
      return await answers.run(parsed.call, asked);
    default:
      return await answers.reply(answers.wording.reply(misunderstood(parsed, dispatch, locale)), asked);
  }
}

type Misunderstood = Exclude<Parsed, { kind: 'menu' | 'help' | 'call' }>;

/** What was not understood, what would be, and a button that does that. */
function misunderstood(parsed: Misunderstood, { commands }: Dispatch, locale: Locale): Reply {
  const words = slackWords(locale);
  const echo = (word: string) => clip(inertText(word), MOST_ECHO);
  switch (parsed.kind) {
    case 'group': {
      const { group, typed } = parsed;
      const members = commands.filter(({ path }) => path.length === 2 && path[0] === group);
      return refusal(
        locale,
        [typed === null ? '' : fill(words.unknown, { a: echo(typed) })],
        [],
        [
          { kind: 'text', text: [fill(words.verbsOf, { a: group === OWN ? `/${OWN}` : typedPath(group) })] },
          ...members.map(
            (command): Block => ({
              kind: 'list',
              items: [
                { text: [{ code: typedPath(command.path.join(' ')) }, ` ${command.description[locale]}`] },
              ],
            }),
          ),
          { kind: 'actions', actions: members.map((command) => actionOf(command, null, command.path[1]!)) },
        ],
      );
    }
    case 'unknown': {
      const { typed, suggestion, call } = parsed;
      const line = fill(words.unknown, { a: echo(typed) });
      if (!suggestion) return refusal(locale, [line, words.helpHint], []);
      const path = suggestion.path.join(' ');
      const meant = typedPath(call?.path === HELP && path !== HELP ? `help ${path}` : path);
      const near = fill(words.didYouMean, { a: meant });
      const named = commands.find(({ path }) => path.join(' ') === call?.path) ?? suggestion;
      return refusal(locale, [`${line} ${near}`, words.helpHint], [actionOf(named, call, meant)]);
    }
    case 'leftover': {
      const { command, word, suggestion, call } = parsed;
      const [example] = command.examples;
      const lines = [
        fill(words.leftover, { a: echo(word) }),
        suggestion ? fill(words.didYouMean, { a: suggestion }) : '',
        example ? fill(words.example, { a: example.replace(/^\/(?!tumen )/, '/tumen ') }) : '',
      ];
      return refusal(locale, [lines.filter(Boolean).join(' ')], [formOf(command, call, locale)]);
    }
    case 'unresolved': {
      const { command, word, option, call } = parsed;
      const said = option.type === 'group' ? words.noSuchGroup : words.noSuchChannel;
      return refusal(locale, [fill(said, { a: echo(word) })], [formOf(command, call, locale)]);
    }
  }
}

const HELP = 'tumen help';

/** Runs what was meant, or opens its form where it asks for more than was typed. */
function actionOf(command: Command, call: Call | null, label: string): Action {
  const options = call?.options ?? {};
  const lacks = command.options.some(
    (option) => (option.rest || isRequired(option, options)) && options[option.name] === undefined,
  );
  return {
    label,
    call: { path: command.path.join(' '), options },
    ...(lacks && command.path.join(' ') !== HELP ? { form: true } : {}),
  };
}

function formOf(command: Command, { options }: Call, locale: Locale): Action {
  return {
    label: dispatchWords(locale).fillIn,
    call: { path: command.path.join(' '), options },
    form: true,
  };
}

function refusal(locale: Locale, lines: string[], actions: Action[], blocks: Block[] = []): Reply {
  const said = lines.filter(Boolean).map((line): Block => ({ kind: 'text', text: [line] }));
  const pressed: Block[] = actions.length ? [{ kind: 'actions', actions }] : [];
  return {
    private: true,
    shareable: false,
    locale,
    blocks: [...said, ...blocks, ...pressed],
    failed: said.length > 0,
  };
}
