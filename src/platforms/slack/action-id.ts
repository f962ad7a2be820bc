import type { Call, Options } from '../../commands/command.ts';

/** What a press does: run the call, open it as a form, post the answer for everybody, or send all of it to who asks. */
export type Press = (typeof PRESSES)[number];
const PRESSES = ['run', 'form', 'share', 'send'] as const;
/** Action ids that are buttons of ours. */
export const PRESSED = new RegExp(`^(${PRESSES.join('|')}):`);

/**
 * A button says what it does in `value` as JSON; its `action_id` names the press and the path, so that ids within one
 * block are distinct as Slack wants them. What is too long for a button is put aside when it is sent (`long-calls`).
 */
export function encodeCall(press: Press, call: Call): { action_id: string; value: string } {
  const value = JSON.stringify({ path: call.path, options: call.options });
  return { action_id: `${press}:${call.path}:${hash(value)}`, value };
}

/** Null where it is none of ours. Values come back as they were; the dispatcher checks them. */
export function decodeCall(actionId: string, value: string | undefined): { press: Press; call: Call } | null {
  const press = PRESSES.find((name) => actionId.startsWith(`${name}:`));
  if (!press || !value) return null;
  try {
    const call = JSON.parse(value) as { path?: unknown; options?: unknown };
    if (typeof call.path !== 'string' || typeof call.options !== 'object' || !call.options) return null;
    return { press, call: { path: call.path, options: call.options as Options } };
  } catch {
    return null;
  }
}

/** FNV-1a: short, and equal for equal calls. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(36);
}
