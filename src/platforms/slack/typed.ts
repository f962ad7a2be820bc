import type { RespondFn, SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Dispatch } from '../../commands/command.ts';
import { fill } from '../../locale/labels.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { openView } from './answer-views.ts';
import type { Answers } from './answers.ts';
import { parseCommandText } from './parse-command-text.ts';
import type { SlackActor } from './people.ts';
import { renderMenu } from './render-form.ts';

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
  const words = slackWords(actor.locale);
  const parsed = parseCommandText(command.text ?? '', dispatch.commands);
  switch (parsed.kind) {
    case 'menu': {
      const view = renderMenu(dispatch.commands, dispatch.groups, {
        channelId: command.channel_id,
        locale: actor.locale,
      });
      await openView(client, command.trigger_id, view, asked, answers);
      return;
    }
    case 'help': {
      const options = parsed.path ? { command: parsed.path } : {};
      return await answers.run({ path: 'tumen help', options }, asked);
    }
    case 'unknown': {
      const near = parsed.suggestion && fill(words.didYouMean, { a: `/tumen ${parsed.suggestion}` });
      const line = fill(words.unknown, { a: clip(inertText(parsed.typed), MOST_ECHO) });
      return await answers.say([line, near, words.helpHint].filter(Boolean).join(' '), asked);
    }
    case 'leftover': {
      const [example] = parsed.command.examples;
      const line = fill(words.leftover, { a: clip(inertText(parsed.word), MOST_ECHO) });
      const hint = example && fill(words.example, { a: example.replace(/^\/(?!tumen )/, '/tumen ') });
      return await answers.say([line, hint].filter(Boolean).join(' '), asked);
    }
    case 'call':
      return await answers.run(parsed.call, asked);
  }
}
