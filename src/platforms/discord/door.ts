import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Action, Call, CommandContext, Dispatch, Options, Reply } from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import type { Locale } from '../../model/digest.ts';
import { UserError } from '../../model/errors.ts';
import type { Store } from '../../store/store.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { actorOf } from './actor.ts';
import { type Answerable, answer } from './answer.ts';
import { customIdsOf, decodeCustomId, LongCalls } from './custom-id.ts';
import { INTERACTION_LIFE_MS, LIMITS } from './limits.ts';
import { literal } from './markdown.ts';
import { storiesOfMessage } from './message-stories.ts';
import { readUpload } from './read-upload.ts';
import { body } from './render-digest.ts';
import { readForm, renderForm } from './render-form.ts';
import { type ReplyMessage, renderReply } from './render-reply.ts';

export interface DoorDeps {
  dispatch: Dispatch;
  store: { leases: Pick<Store['leases'], 'once'> };
  apiUrl: string;
  log: Logger;
  /** ms UTC. */
  now: () => number;
}

/** Where what people do in Discord becomes calls, and replies become messages. */
export interface Door {
  handle(interaction: Interaction): Promise<void>;
  /** Takes no more; resolves when what is under way is answered. */
  close(): Promise<void>;
}

const AUTOCOMPLETE_MS = 2_500;

export function createDoor({ dispatch, store, apiUrl, log, now }: DoorDeps): Door {
  const long = new LongCalls();
  const underWay = new Set<Promise<void>>();
  let closed = false;

  return {
    async handle(interaction) {
      const work = guard(interaction);
      underWay.add(work);
      await work.finally(() => underWay.delete(work));
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };

  async function guard(interaction: Interaction): Promise<void> {
    try {
      await take(interaction);
    } catch (err) {
      // The dispatcher does not throw: what fails here is the answering, and nobody is left to tell.
      log.error(
        { err, interaction: interaction.id, type: interaction.type },
        'an answer did not reach Discord',
      );
    }
  }

  async function take(interaction: Interaction): Promise<void> {
    if (interaction.isAutocomplete()) return await complete(interaction);
    const answerable =
      interaction.isChatInputCommand() ||
      interaction.isMessageContextMenuCommand() ||
      interaction.isButton() ||
      interaction.isModalSubmit();
    if (!answerable) return;
    if (closed) return await sayOnly(interaction, (words) => words.stopping);
    if (interaction.isButton()) return await press(interaction);
    if (interaction.isMessageContextMenuCommand()) return await menu(interaction);
    if (interaction.isModalSubmit()) {
      const id = decodeCustomId(interaction.customId, long);
      if (id?.press !== 'send') return await sayOnly(interaction, (words) => words.tooOld);
      const options = readForm(interaction.components, id.call.options);
      return await run(interaction, { path: id.call.path, options });
    }
    await answer(
      interaction,
      once(interaction, () => typed(interaction)),
    );
  }

  /** Null where another instance sees the same event, or a resume brings it again, and that one answers. */
  async function once(
    interaction: Answerable,
    work: () => Promise<ReplyMessage[]>,
  ): Promise<ReplyMessage[] | null> {
    // The timer of the first sign runs meanwhile: a busy database must not delay that.
    return (await store.leases.once(`discord:${interaction.id}`, now())) ? await work() : null;
  }

  async function typed(interaction: ChatInputCommandInteraction): Promise<ReplyMessage[]> {
    const context = contextOf(interaction);
    try {
      const options = await readOptions(interaction, context);
      return await replyTo({ path: pathOf(interaction), options }, context);
    } catch (error) {
      if (error instanceof UserError) return renderReply(said(error.message, context.actor.locale), long);
      throw error;
    }
  }

  async function readOptions(
    interaction: ChatInputCommandInteraction,
    context: CommandContext,
  ): Promise<Options> {
    const options: Options = {};
    const given: readonly CommandInteractionOption[] =
      interaction.options.data[0]?.options ?? interaction.options.data;
    for (const option of given)
      options[option.name] = option.attachment
        ? await readUpload(option.attachment, apiUrl, context.actor.locale, context.signal)
        : (option.value ?? undefined);
    return options;
  }

  async function press(interaction: ButtonInteraction): Promise<void> {
    const id = decodeCustomId(interaction.customId, long);
    if (!id) return await sayOnly(interaction, (words) => words.tooOld);
    if (id.press === 'share') return await share(interaction);
    if (id.press === 'form' && (await openForm(interaction, id.call))) return;
    await run(interaction, id.call);
  }

  /** A form must be the first answer; who may not send it gets the refusal instead. */
  async function openForm(interaction: ButtonInteraction, call: Call): Promise<boolean> {
    const { actor } = contextOf(interaction);
    const command = dispatch.commands.find(({ path }) => path.join(' ') === call.path);
    if (!command || !(await dispatch.allowed(call.path, actor))) return false;
    const form = renderForm(command, call, actor.locale, long);
    if (!form) return false;
    await interaction.showModal(form);
    return true;
  }

  /** Posts what only the asker saw, as it stands there, for everybody in the channel. */
  async function share(interaction: ButtonInteraction): Promise<void> {
    const { locale } = contextOf(interaction).actor;
    const may = interaction.memberPermissions;
    const needed = interaction.channel?.isThread()
      ? PermissionFlagsBits.SendMessagesInThreads
      : PermissionFlagsBits.SendMessages;
    if (may && !may.has(needed)) return await sayOnly(interaction, (words) => words.mayNotPost);
    const name = literal(interaction.user.displayName, 60);
    const by = `-# ${fill(actionWords(locale).sharedBy, { a: name })}`;
    const shown = interaction.message.components.map((component) => component.toJSON()) as Shown[];
    const components = [
      ...shown.filter((component) => !isShareRow(component)).map(withoutFiles),
      { type: 10, content: by },
    ];
    await answer(interaction, Promise.resolve([{ payload: body(components as never), files: [] }]));
  }

  /** "Why this story?" on a message: the story it shows, or the choice where it shows several. */
  async function menu(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const { locale } = contextOf(interaction).actor;
    const command = dispatch.commands.find(({ shortcut }) => shortcut?.en === interaction.commandName);
    const components = interaction.targetMessage.components.map((component) => component.toJSON());
    const isOurs = interaction.targetMessage.author.id === interaction.client.user.id;
    const stories = isOurs ? storiesOfMessage(components) : [];
    if (!command || !stories.length) return await sayOnly(interaction, (words) => words.noStory);
    const path = command.path.join(' ');
    if (stories.length === 1) return await run(interaction, { path, options: { story: stories[0]!.story } });
    const actions = stories.slice(0, 25).map(
      ({ story, headline }): Action => ({
        label: clip(headline, LIMITS.buttonLabel) || story,
        call: { path, options: { story } },
      }),
    );
    const which: Reply = {
      private: true,
      shareable: false,
      locale,
      blocks: [
        { kind: 'heading', text: doorWords(locale).whichStory },
        { kind: 'actions', actions },
      ],
    };
    await answer(interaction, Promise.resolve(renderReply(which, long)));
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const focused = interaction.options.getFocused(true);
    const context = { ...contextOf(interaction), signal: AbortSignal.timeout(AUTOCOMPLETE_MS) };
    const found = closed
      ? []
      : await dispatch.complete(pathOf(interaction), focused.name, String(focused.value), context);
    const isNumber = typeof focused.value === 'number' || focused.type === 4;
    await interaction.respond(
      found
        .filter(({ value }) => value && value.length <= LIMITS.choice)
        .slice(0, LIMITS.choices)
        .map(({ value, label }) => ({
          name: clip(inertText(label), LIMITS.choice) || value,
          value: isNumber ? Number(value) : value,
        })),
    );
  }

  async function run(interaction: Answerable, call: Call): Promise<void> {
    await answer(
      interaction,
      once(interaction, () => replyTo(call, contextOf(interaction))),
    );
  }

  async function replyTo(call: Call, context: CommandContext): Promise<ReplyMessage[]> {
    return renderReply(await dispatch.run(call, context), long);
  }

  async function sayOnly(
    interaction: Answerable,
    choose: (words: ReturnType<typeof doorWords>) => string,
  ): Promise<void> {
    const { locale } = contextOf(interaction).actor;
    await answer(interaction, Promise.resolve(renderReply(said(choose(doorWords(locale)), locale), long)));
  }

  function contextOf(interaction: Interaction): CommandContext {
    return { actor: actorOf(interaction), now: now(), signal: AbortSignal.timeout(INTERACTION_LIFE_MS) };
  }
}

interface Shown {
  type: number;
  custom_id?: string;
  components?: Shown[];
}

function isShareRow(component: Shown): boolean {
  return component.type === 1 && customIdsOf(component).some((id) => decodeCustomId(id)?.press === 'share');
}

/** A file of a private message cannot be posted again by reference. */
function withoutFiles(component: Shown): Shown {
  if (!component.components) return component;
  return { ...component, components: component.components.filter(({ type }) => type !== 13) };
}

function pathOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const sub = interaction.options.getSubcommand(false);
  return sub === null ? interaction.commandName : `${interaction.commandName} ${sub}`;
}

function said(line: string, locale: Locale): Reply {
  return { private: true, shareable: false, failed: true, locale, blocks: [{ kind: 'text', text: [line] }] };
}
