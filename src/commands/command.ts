import type { Digest, DigestStory, Locale, Source } from '../model/digest.ts';
import type { PlatformName, Scope } from '../model/scope.ts';

/** A text in our three languages. */
export type Localized = { en: string; ko: string; ru: string };

/** One option of a command, as each platform shows it: typed on Discord, parsed from text on Slack. */
export interface OptionSpec {
  name: string;
  /** Localized name for platforms that translate option names. */
  names?: Localized;
  description: Localized;
  /**
   * `channel` and `group` (a Discord role, a Slack user group) give the platform's id; `file` gives the text
   * content of an uploaded file of at most 1 MB, which the adapter has fetched.
   */
  type: 'string' | 'integer' | 'boolean' | 'channel' | 'group' | 'choice' | 'file';
  required?: boolean;
  /** Required unless this other option is given: the hour of a new schedule, not of one that is changed. */
  requiredUnless?: string;
  /** Where it means something; everywhere by default. */
  platforms?: readonly PlatformName[];
  choices?: { value: string; label: Localized }[];
  min?: number;
  max?: number;
  maxLength?: number;
  /** Offers completions as a person types. */
  complete?: (text: string, context: CommandContext) => Promise<Completion[]>;
  /** Completion is help only: long text of their own is what people mean, so a form gives it room. */
  freeText?: boolean;
  /** A value a person could type, for help and error messages. */
  example: string;
  /** On Slack: takes the words that no other option claims. */
  rest?: boolean;
  /** On Slack: a word that looks like this belongs here, without the option's name. */
  look?: 'time' | 'days' | 'zone' | 'number' | 'here';
}

/** Whether a call with these options lacks the option where it is not given. */
export function isRequired({ required, requiredUnless }: OptionSpec, given: Options): boolean {
  return required === true || (requiredUnless !== undefined && given[requiredUnless] === undefined);
}

export interface Completion {
  value: string;
  label: string;
}

export type OptionValue = string | number | boolean;
export type Options = Record<string, OptionValue | undefined>;

export type Right = 'anyone' | 'manage';

/** The outer word of commands with two: `story` of `/story show`. */
export interface CommandGroup {
  name: string;
  names?: Localized;
  description: Localized;
}

/** A command, defined once for all platforms. */
export interface Command {
  /** Words from the outside in: `['story', 'show']`, `['subscribe']`. */
  path: [string] | [string, string];
  names?: Localized;
  description: Localized;
  /** The head of its form where the description is too long for one: at most 45 characters. */
  title?: Localized;
  options: OptionSpec[];
  /**
   * `manage`: changes what a channel or the whole server sees; checked at every door, before `run`.
   * A function where the options decide: a subscription by DM is anyone's, one for a channel is not.
   */
  right: Right | ((options: Options, actor: Pick<Actor, 'channelId'>) => Right);
  /**
   * Writes something (always so for `manage`): guests are refused, quotas count it, the audit tells of it. A function
   * where the options decide.
   */
  changes?: boolean | ((options: Options) => boolean);
  /** Works without the bot in the server: the personal verbs. */
  personal: boolean;
  /** A message shortcut that calls this command with the story the message shows, as option `story`. */
  shortcut?: Localized;
  examples: string[];
  /** What its form shows filled in, where the options name something that exists. */
  prefill?(options: Options, context: CommandContext): Promise<Options>;
  run(options: Options, context: CommandContext): Promise<Reply>;
}

/** Who asks, where, with which rights: filled by the adapter from what the platform vouches for. */
export interface Actor {
  platform: PlatformName;
  scope: Scope;
  userId: string;
  /** The channel asked in; null in a DM or App Home. */
  channelId: string | null;
  /** The platform's own word: Manage Server, workspace admin or owner. */
  admin: boolean;
  /** Roles (Discord) and user groups (Slack). */
  groups: string[];
  /** Guests and outside members of shared channels can read and nothing else. */
  guest: boolean;
  /** The person's own time zone, where the platform says it. */
  zone?: string;
  /** False where only this person has installed tumen, not the server: the personal commands work, no other. */
  installed?: boolean;
  locale: Locale;
}

export interface CommandContext {
  actor: Actor;
  now: number;
  signal: AbortSignal;
  /** May change channels here: set by the dispatcher, for answers that offer more to who may do more. */
  manager?: boolean;
  /** For completions: the options that are filled in so far, as they were typed. */
  given?: Options;
}

/** Any command with filled options: what a button does, what a form sends. Fits a custom id of 100 characters. */
export interface Call {
  path: string;
  options: Options;
}

/** Inert text with the few marks all platforms have. A string is literal: the renderer escapes it. */
export type Inline =
  | string
  | { strong: string }
  | { code: string }
  | { link: string; text: string }
  | { time: number }
  /** Named by the platform: its id in, its name out, and nobody is notified. */
  | { channel: string }
  | { person: string }
  | { group: string };

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: Inline[] }
  | { kind: 'fields'; fields: { label: string; value: Inline[] }[] }
  | { kind: 'list'; items: { text: Inline[]; actions?: Action[] }[] }
  | { kind: 'stories'; stories: DigestStory[] }
  | { kind: 'sources'; sources: Source[] }
  | { kind: 'digest'; digest: Digest }
  | { kind: 'file'; name: string; contentType: string; content: string }
  | { kind: 'actions'; actions: Action[] };

export interface Action {
  label: string;
  call: Call;
  style?: 'primary' | 'danger';
  /** Opens the call's command as a form with these options filled in, instead of running it. */
  form?: boolean;
}

/** The answer is a value; the platform renders it. */
export interface Reply {
  /** Shown to the asker alone (default), with a Share button where `shareable`. */
  private: boolean;
  shareable: boolean;
  blocks: Block[];
  /** A refusal or a fault: drawn as such, never as success. */
  failed?: boolean;
  /** The option that a refusal is about: a form says it there. */
  option?: string;
  /** The locale the blocks are worded in. */
  locale: Locale;
  /** What was changed, for the audit: `schedule 12 (#news)`. Absent where nothing was. */
  changed?: {
    object: string;
    detail?: string;
    /** Concerns nobody but who did it: on record for them, and no business of those who run the place. */
    own?: boolean;
    /** Who did it is not kept: they asked to be forgotten. */
    unnamed?: true;
  };
}

/** What `app.ts` hands to the platforms: they know commands by these types only. */
export interface Dispatch {
  commands: readonly Command[];
  groups: readonly CommandGroup[];
  /** Checks rights, validates options, runs, audits. Never throws: a fault is a Reply with an id that is in the log. */
  run(call: Call, context: CommandContext): Promise<Reply>;
  complete(path: string, option: string, text: string, context: CommandContext): Promise<Completion[]>;
  /** What the call's form shows filled in, beside what the call says itself. */
  prefill(call: Call, context: CommandContext): Promise<Options>;
  /** Counts something that is posted without a command against the quotas; the refusal in words where one is used up. */
  charge(context: CommandContext): Reply | null;
  /** Whether this actor may run it now: for hiding, never instead of the check in `run`. */
  allowed(path: string, actor: Actor): Promise<boolean>;
}
