import type { Action, Actor, Block, Inline, Reply } from './command.ts';

/** An answer of ours: private, not worth sharing. */
export function say(actor: Actor, blocks: Block[], more: Partial<Reply> = {}): Reply {
  return { private: true, shareable: false, locale: actor.locale, blocks, ...more };
}

export function text(...inline: Inline[]): Block {
  return { kind: 'text', text: inline };
}

/** A refusal in words, with what can be done instead. */
export function refuse(actor: Actor, lines: string[], actions: Action[] = []): Reply {
  return say(
    actor,
    [
      ...lines.filter(Boolean).map((line) => text(line)),
      ...(actions.length ? [{ kind: 'actions' as const, actions }] : []),
    ],
    { failed: true },
  );
}

/** A sentence of ours with things in it that are more than words: `weave('From {a} to {b}.', { a: { time }, b: 'now' })`. */
export function weave(template: string, values: Record<string, Inline | Inline[]>): Inline[] {
  return template
    .split(/\{(\w+)\}/)
    .flatMap((part, i): Inline[] => (i % 2 ? [values[part] ?? ''].flat() : part ? [part] : []));
}
