import { createHash } from 'node:crypto';
import type { Call, Options } from '../../commands/command.ts';
import { LIMITS } from './limits.ts';

/** What a press does: run the call, open it as a form, post the answer for everybody, or send a form's fields. */
type Press = 'run' | 'form' | 'share' | 'send';

/** Everything a component has to say after months and restarts: it stands in its custom_id. */
export interface CustomId {
  press: Press;
  call: Call;
  /** Proves which part of which delivery a message is. */
  marker: string | null;
}

const SIGN: Record<Press, string> = { run: '!', form: '?', share: '^', send: '>' };
const PRESS = new Map(Object.entries(SIGN).map(([press, sign]) => [sign, press as Press]));

/** Calls that fit in no custom id, by their hash: collected while rendering, kept by who sends the message. */
export type LongCalls = Map<string, Call>;

/** Room for telling apart two buttons of one message that do the same. */
const ROOM = '~99'.length;

/** `!story follow|story=12~<marker>`. A call that does not fit in 100 characters stands there by its hash, and in `long`. */
export function encodeCustomId(id: CustomId, long?: LongCalls): string {
  const options = Object.entries(id.call.options).filter(([, value]) => value !== undefined);
  const body = [
    quote(id.call.path),
    ...options.map(([name, value]) => `${quote(name)}=${quote(String(value))}`),
  ].join('|');
  const tail = id.marker === null ? '' : `~${quote(id.marker)}`;
  const whole = `${SIGN[id.press]}${body}${tail}`;
  if (whole.length <= LIMITS.customId - (id.marker === null ? ROOM : 0)) return whole;
  const key = hash(id.call);
  long?.set(key, id.call);
  return `${SIGN[id.press]}#${key}${tail}`;
}

/** The key of a call that does not stand in the id itself. */
export function longCallKey(text: string): string | null {
  return PRESS.has(text.charAt(0)) && text.charAt(1) === '#' ? (split(text.slice(2), '~')[0] ?? null) : null;
}

/**
 * Null where it is none of ours, or its long call is not given. Values come back as strings: the dispatcher types them.
 * @param long the call that was kept for `longCallKey`
 */
export function decodeCustomId(text: string, long?: Call | null): CustomId | null {
  const press = PRESS.get(text.charAt(0));
  if (!press) return null;
  const [body, marker = null] = split(text.slice(1), '~');
  if (body === undefined) return null;
  if (body.startsWith('#')) return long ? { press, call: long, marker: marker && unquote(marker) } : null;
  const [path, ...pairs] = split(body, '|');
  const options: Options = {};
  for (const pair of pairs) {
    const [name, value] = split(pair, '=');
    if (name && value !== undefined) options[unquote(name)] = unquote(value);
  }
  return { press, call: { path: unquote(path!), options }, marker: marker && unquote(marker) };
}

/** The same id with the marker of the part that its message is. */
export function addMarker(id: string, marker: string): string {
  return `${id}~${quote(marker)}`;
}

/** Every component's custom_id in a message's raw components, in order. */
export function customIdsOf(components: unknown): string[] {
  if (Array.isArray(components)) return components.flatMap(customIdsOf);
  if (typeof components !== 'object' || components === null) return [];
  const { custom_id, customId, ...rest } = components as Record<string, unknown>;
  const own = custom_id ?? customId;
  return [
    ...(typeof own === 'string' ? [own] : []),
    ...customIdsOf(rest.components),
    ...customIdsOf(rest.accessory),
    ...customIdsOf(rest.component),
  ];
}

/** Whether a message's components carry the marker. */
export function carriesMarker(components: unknown, marker: string): boolean {
  return customIdsOf(components).some((id) => id.endsWith(`~${quote(marker)}`));
}

function hash(call: Call): string {
  return createHash('sha256').update(JSON.stringify(call)).digest('base64url').slice(0, 24);
}

function quote(text: string): string {
  return text.replace(/[\\|=~#]/g, '\\$&');
}

function unquote(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** Splits at a separator that no backslash stands before. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') part += text[i]! + (text[++i] ?? '');
    else if (text[i] === separator) {
      parts.push(part);
      part = '';
    } else part += text[i];
  }
  return [...parts, part];
}
