import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { MessageFlags } from 'discord-api-types/v10';
import { DEFER_AFTER_MS } from './limits.ts';
import type { ReplyMessage } from './render-reply.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** Flags that an edit may carry: whether a message is private is settled by its first sending. */
const EDITABLE = MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds;

/**
 * Waits for the work, but not longer than a person should wait for a sign: then Discord shows "thinking…" to the
 * asker alone, and the answer takes its place. Work that comes to nothing is answered by somebody else.
 */
export async function answer(
  interaction: Answerable,
  work: Promise<ReplyMessage[] | null>,
  /** What stands in the place of "thinking…" where the answer is for everybody. */
  elsewhere: ReplyMessage,
): Promise<void> {
  let deferral: Promise<void> | null = null;
  const timer = setTimeout(() => {
    deferral = defer(interaction);
  }, DEFER_AFTER_MS);
  let messages: ReplyMessage[] | null;
  try {
    messages = await work;
  } finally {
    clearTimeout(timer);
  }
  if (deferral) await deferral;
  const [first, ...rest] = messages ?? [];
  if (!first) return;
  if (!interaction.deferred) await persist(() => interaction.reply(options(first)));
  else if (isPrivate(first))
    await persist(() => interaction.editReply({ ...options(first), flags: EDITABLE }));
  else {
    // "Thinking" was private and cannot become public: the answer is a message of its own. The first follow-up after
    // a deferral would take the place of "thinking", so that gets words first.
    await persist(() => interaction.editReply({ ...options(elsewhere), flags: EDITABLE }));
    await persist(() => interaction.followUp(options(first)));
    await interaction.deleteReply();
  }
  for (const message of rest) await persist(() => interaction.followUp(options(message)));
}

async function defer(interaction: Answerable): Promise<void> {
  try {
    await persist(() => interaction.deferReply({ flags: MessageFlags.Ephemeral }));
  } catch (error) {
    // Deferred all the same: by a call that was cut after it arrived, or by another instance.
    // Otherwise the answer itself is the first sign, if it is in time.
    if (!isAcknowledged(error)) return;
  }
  interaction.deferred = true;
}

const TRIES = 3;
const ALREADY_ACKNOWLEDGED = 40060;

/** discord.js rides out 5xx and time-outs by itself, but gives up where a connection is cut. */
async function persist(call: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await call();
      return;
    } catch (error) {
      const isRefusal = error instanceof DiscordAPIError;
      // The call that was cut had arrived after all.
      if (isRefusal && error.code === ALREADY_ACKNOWLEDGED && attempt > 1) return;
      if (isRefusal || attempt === TRIES) throw error;
    }
  }
}

/** Somebody has given the first answer already. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === ALREADY_ACKNOWLEDGED;
}

function isPrivate({ payload }: ReplyMessage): boolean {
  return ((payload.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function options({ payload, files }: ReplyMessage) {
  return {
    components: payload.components as never[],
    flags: payload.flags as number,
    allowedMentions: { parse: [] },
    files: files.map((file) => ({ name: file.name, attachment: Buffer.from(file.content, 'utf8') })),
  };
}
