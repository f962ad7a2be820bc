import type { Block, Command, Inline, Reply } from '../../commands/command.ts';
import { dispatchWords } from '../../locale/dispatch-words.ts';
import { slackWords } from '../../locale/slack-words.ts';
import { tumenWords } from '../../locale/tumen-words.ts';

/**
 * A reply in the words of Slack: its commands all stand behind `/tumen`, and what is a server elsewhere is a workspace.
 * Only sentences of ours are reworded, each as a whole; what others wrote stays as it is.
 */
export function wordForSlack(reply: Reply, commands: readonly Command[]): Reply {
  const said = sentences(reply);
  const verbs = new Set(commands.map((command) => command.path[0]).filter((verb) => verb !== 'tumen'));
  const typed = new RegExp(`(^|[\\s"“«(])/(${[...verbs].join('|')})(?=[\\s.,;)"”»]|$)`, 'g');
  const word = (text: string) => said.get(text) ?? (verbs.size ? text.replace(typed, '$1/tumen $2') : text);
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
      case 'fields':
        return { ...one, fields: one.fields.map((field) => ({ ...field, value: field.value.map(inline) })) };
      case 'list':
        return { ...one, items: one.items.map((item) => ({ ...item, text: item.text.map(inline) })) };
      default:
        return one;
    }
  };
  return { ...reply, blocks: reply.blocks.map(block) };
}

function sentences({ locale }: Reply): Map<string, string> {
  const [slack, dispatch, tumen] = [slackWords(locale), dispatchWords(locale), tumenWords(locale)];
  return new Map([
    [dispatch.needsManage, slack.needsManage],
    [dispatch.quotaScope, slack.quotaScope],
    [tumen.settings, slack.settings],
    [tumen.managersNone, slack.managersNone],
    [tumen.helpManage, slack.helpManage],
  ]);
}
