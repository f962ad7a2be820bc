import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { Logger } from 'pino';
import type {
  Action,
  Actor,
  Call,
  CommandContext,
  Dispatch,
  Options,
  Reply,
} from '../../commands/command.ts';
import { actionWords } from '../../locale/actions.ts';
import { doorWords } from '../../locale/door-words.ts';
import { fill } from '../../locale/labels.ts';
import type { Locale } from '../../model/digest.ts';
import { UserError } from '../../model/errors.ts';
import type { Store } from '../../store/store.ts';
import { clip, inertText } from '../../text/inert-text.ts';
import { actorOf } from './actor.ts';
import { type Answerable, answer, isAcknowledged } from './answer.ts';
import { type CustomId, customIdsOf, decodeCustomId, type LongCalls, longCallKey } from './custom-id.ts';
import { INTERACTION_LIFE_MS, LIMITS } from './limits.ts';
import { literal } from './markdown.ts';
import { storiesOfMessage } from './message-stories.ts';
import { readUpload } from './read-upload.ts';
import { body } from './render-digest.ts';
import { readForm, renderForm } from './render-form.ts';
import { type ReplyMessage, renderReply } from './render-reply.ts';

export interface DoorDeps {
  dispatch: Dispatch;
  store: { leases: Pick<Store['leases'], 'once'>; longCalls: Pick<Store['longCalls'], 'keep' | 'find'> };
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
    // False where another instance hears the same event, or a resume brings it again, and that one answers. The timer
    // of the first sign runs meanwhile: a busy database must not delay that.
    const isOurs = store.leases.once(`discord:${interaction.id}`, now());
    isOurs.catch(() => {});
    if (closed) return await sayOnly(interaction, isOurs, (words) => words.stopping);
    if (interaction.isButton()) return await press(interaction, isOurs);
    if (interaction.isMessageContextMenuCommand())
      return await reply(interaction, isOurs, () => menu(interaction));
    if (interaction.isModalSubmit()) return await reply(interaction, isOurs, () => sent(interaction));
    await reply(interaction, isOurs, () => typed(interaction));
  }

  /** Answers once over all instances, with what the work comes to. */
  async function reply(
    interaction: Answerable,
    isOurs: Promise<boolean>,
    work: () => Promise<Reply>,
  ): Promise<void> {
    const { actor } = contextOf(interaction);
    const { locale } = actor;
    const messages = async () => ((await isOurs) ? await render(await work(), actor) : null);
    const elsewhere = said(doorWords(locale).answeredBelow, locale);
    await answer(interaction, messages(), renderReply({ ...elsewhere, failed: false }, new Map())[0]!);
  }

  /** Buttons of the answer must work after a restart, and on another instance: what they do is kept before it is sent. */
  async function render(one: Reply, actor: Actor): Promise<ReplyMessage[]> {
    const long: LongCalls = new Map();
    const messages = renderReply(one, long);
    await keep(long, actor);
    return messages;
  }

  async function keep(long: LongCalls, { platform, userId }: Actor): Promise<void> {
    if (!long.size) return;
    const calls = new Map([...long].map(([key, call]) => [key, JSON.stringify(call)]));
    // An answer without its longest buttons is better than none.
    const kept = store.longCalls.keep(calls, `${platform}:${userId}`, now());
    await kept.catch((err) => log.error({ err }, 'long calls were not kept'));
  }

  async function decode(customId: string): Promise<CustomId | null> {
    const key = longCallKey(customId);
    const kept = key === null ? null : await store.longCalls.find(key, now());
    return decodeCustomId(customId, kept === null ? null : (JSON.parse(kept) as Call));
  }

  async function typed(interaction: ChatInputCommandInteraction): Promise<Reply> {
    const context = contextOf(interaction);
    try {
      const options = await readOptions(interaction, context);
      return await dispatch.run({ path: pathOf(interaction), options }, context);
    } catch (error) {
      if (error instanceof UserError) return said(error.message, context.actor.locale);
      throw error;
    }
  }

  async function readOptions(
    interaction: ChatInputCommandInteraction,
    context: CommandContext,
  ): Promise<Options> {
    const options: Options = {};
    for (const option of givenOptions(interaction))
      options[option.name] = option.attachment
        ? await readUpload(option.attachment, apiUrl, context.actor.locale, context.signal)
        : (option.value ?? undefined);
    return options;
  }

  async function sent(interaction: ModalSubmitInteraction): Promise<Reply> {
    const context = contextOf(interaction);
    const id = await decode(interaction.customId);
    if (id?.press !== 'send') return tooOld(context);
    const options = readForm(interaction.components, id.call.options);
    return await dispatch.run({ path: id.call.path, options }, context);
  }

  async function press(interaction: ButtonInteraction, isOurs: Promise<boolean>): Promise<void> {
    // What a press does stands in its id nearly always; then the timer of the first sign starts at once.
    const key = longCallKey(interaction.customId);
    const id = key === null ? decodeCustomId(interaction.customId) : await decode(interaction.customId);
    if (id?.press === 'share') return await share(interaction, isOurs);
    if (id?.press === 'form') {
      if (!(await isOurs)) return;
      if (await openForm(interaction, id.call)) return;
    }
    const context = contextOf(interaction);
    await reply(interaction, isOurs, async () => (id ? dispatch.run(id.call, context) : tooOld(context)));
  }

  /** A form must be the first answer; who may not send it gets the refusal instead. */
  async function openForm(interaction: ButtonInteraction, call: Call): Promise<boolean> {
    const context = contextOf(interaction);
    const { actor } = context;
    const command = dispatch.commands.find(({ path }) => path.join(' ') === call.path);
    if (!command || !(await dispatch.allowed(call.path, actor))) return false;
    const long: LongCalls = new Map();
    const form = renderForm(command, call, actor.locale, long, await dispatch.prefill(call, context));
    if (!form) return false;
    await keep(long, actor);
    await interaction.showModal(form);
    return true;
  }

  /** Posts what only the asker saw, as it stands there, for everybody in the channel; once. */
  async function share(interaction: ButtonInteraction, isOurs: Promise<boolean>): Promise<void> {
    const context = contextOf(interaction);
    const { locale } = context.actor;
    const words = doorWords(locale);
    const refusal = async (): Promise<Reply | null> => {
      if (!mayPost(interaction)) return said(words.mayNotPost, locale);
      const spent = dispatch.charge(context);
      if (spent) return spent;
      const isFirst = await store.leases.once(`discord:shared:${interaction.message.id}`, now());
      return isFirst ? null : said(words.sharedAlready, locale);
    };
    if (!(await isOurs)) return;
    const refused = await refusal();
    if (refused) return await reply(interaction, isOurs, async () => refused);
    const name = literal(interaction.user.displayName, 60);
    const by = `-# ${fill(actionWords(locale).sharedBy, { a: name })}`;
    const shown = interaction.message.components.map((component) => component.toJSON()) as Shown[];
    const components = [
      ...shown.filter((component) => !isShareRow(component)).map(withoutFiles),
      { type: 10, content: by },
    ];
    const message = { payload: body(components as never), files: [] };
    await answer(interaction, Promise.resolve([message]), message);
  }

  /** "Why this story?" on a message: the story it shows, or the choice where it shows several. */
  async function menu(interaction: MessageContextMenuCommandInteraction): Promise<Reply> {
    const context = contextOf(interaction);
    const { locale } = context.actor;
    const command = dispatch.commands.find(({ shortcut }) => shortcut?.en === interaction.commandName);
    const components = interaction.targetMessage.components.map((component) => component.toJSON());
    const isOurs = interaction.targetMessage.author.id === interaction.client.user.id;
    const stories = isOurs ? storiesOfMessage(components) : [];
    if (!command || !stories.length) return said(doorWords(locale).noStory, locale);
    const path = command.path.join(' ');
    if (stories.length === 1)
      return await dispatch.run({ path, options: { story: stories[0]!.story } }, context);
    const actions = stories.slice(0, 25).map(
      ({ story, headline }): Action => ({
        label: clip(headline, LIMITS.buttonLabel) || story,
        call: { path, options: { story } },
      }),
    );
    return {
      private: true,
      shareable: false,
      locale,
      blocks: [
        { kind: 'heading', text: doorWords(locale).whichStory },
        { kind: 'actions', actions },
      ],
    };
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const focused = interaction.options.getFocused(true);
    const given = Object.fromEntries(givenOptions(interaction).map(({ name, value }) => [name, value]));
    const signal = AbortSignal.timeout(AUTOCOMPLETE_MS);
    const context = { ...contextOf(interaction), given, signal };
    const found = closed
      ? []
      : await dispatch.complete(pathOf(interaction), focused.name, String(focused.value), context);
    const isNumber = typeof focused.value === 'number' || focused.type === 4;
    const choices = found
      .filter(({ value }) => value && value.length <= LIMITS.choice)
      .slice(0, LIMITS.choices)
      .map(({ value, label }) => ({
        name: clip(inertText(label), LIMITS.choice) || value,
        value: isNumber ? Number(value) : value,
      }));
    try {
      await interaction.respond(choices);
    } catch (error) {
      // Another instance heard it too, and has offered the same: nothing is written for each letter that is typed.
      if (!isAcknowledged(error)) throw error;
    }
  }

  async function sayOnly(
    interaction: Answerable,
    isOurs: Promise<boolean>,
    choose: (words: ReturnType<typeof doorWords>) => string,
  ): Promise<void> {
    const { locale } = contextOf(interaction).actor;
    await reply(interaction, isOurs, async () => said(choose(doorWords(locale)), locale));
  }

  function contextOf(interaction: Interaction): CommandContext {
    return { actor: actorOf(interaction), now: now(), signal: AbortSignal.timeout(INTERACTION_LIFE_MS) };
  }
}

function mayPost(interaction: ButtonInteraction): boolean {
  const may = interaction.memberPermissions;
  const needed = interaction.channel?.isThread()
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
  return !may || may.has(needed);
}

function tooOld({ actor }: CommandContext): Reply {
  return said(doorWords(actor.locale).tooOld, actor.locale);
}

function givenOptions(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
): readonly CommandInteractionOption[] {
  const [first] = interaction.options.data;
  return first?.options ?? interaction.options.data;
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
