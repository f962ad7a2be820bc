import { BOT_MESSAGE } from './discord-message.ts';
import type { Ask, Asked, DiscordServer, Visible } from './discord-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: components as they came over the wire.
type Json = any;

/** As messages of Components V2 are. */
const MESSAGE = { ...BOT_MESSAGE, channel_id: 'x', components: [], flags: 32768 };

/** What a person reads in messages: their texts, top to bottom. */
export function read(of: Asked | Json[]): string {
  const payloads: Json[] = Array.isArray(of) ? of : of.messages.map(({ payload }) => payload);
  return payloads.map(textsIn).join('\n');
}

function textsIn(node: Json): string {
  return [node.content ?? '', ...(node.components ?? []).map(textsIn)].filter(Boolean).join('\n');
}

/** Labels of all buttons, in order. */
export function labels(of: Asked | Json[]): string[] {
  return buttons(of).map(({ button }) => button.label);
}

function buttons(of: Asked | Json[]): { button: Json; message: Json }[] {
  const messages: Json[] = Array.isArray(of)
    ? of
    : of.messages.map(({ id, payload, ephemeral }: Visible) => ({
        ...payload,
        id,
        flags: (payload.flags ?? 0) | (ephemeral ? 64 : 0),
      }));
  const inside = (node: Json): Json[] => (node.type === 2 ? [node] : (node.components ?? []).flatMap(inside));
  return messages.flatMap((message) => inside(message).map((button) => ({ button, message })));
}

/** A person in front of a local Discord: types, presses what is labelled so, sends forms, and reads. */
export function createReader(server: DiscordServer, who: Ask) {
  return {
    type: (path: string, options: Record<string, unknown> = {}, ask: Ask = {}) =>
      server.answered(server.command(path, options, { ...who, ...ask })),
    /** Presses the first button of that label. */
    press(of: Asked | Json[], label: string, ask: Ask = {}) {
      const found = buttons(of).find(({ button }) => button.label === label);
      if (!found) throw new Error(`no button "${label}" among ${labels(of).join(', ')}`);
      const message = { ...MESSAGE, ...found.message, channel_id: found.message.channel_id ?? 'x' };
      return server.answered(server.press(found.button.custom_id, message, { ...who, ...ask }));
    },
    send(form: Asked, values: Record<string, string | string[]>, ask: Ask = {}) {
      if (!form.modal) throw new Error(`no form, but: ${read(form)}`);
      return server.answered(server.submit(form.modal, values, { ...who, ...ask }));
    },
    menu: (name: string, message: Json, ask: Ask = {}) =>
      server.answered(server.menu(name, { ...MESSAGE, ...message }, { ...who, ...ask })),
    async complete(path: string, option: string, text: string, given: Record<string, unknown> = {}) {
      const asked = server.autocomplete(path, option, text, who, given);
      return (await server.answered(asked)).choices!.map(({ name, value }) => ({ name, value }));
    },
  };
}

/** What a form shows filled in, by field. */
export function filledIn(form: Asked): Record<string, unknown> {
  return Object.fromEntries(
    (form.modal?.components ?? []).map(({ component }: Json) => [
      component.custom_id,
      component.value ??
        component.default_values?.[0]?.id ??
        component.options?.find((one: Json) => one.default)?.value ??
        null,
    ]),
  );
}
