import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { dispatchWords } from '../locale/dispatch-words.ts';
import { fill } from '../locale/labels.ts';
import { tumenWords } from '../locale/tumen-words.ts';
import type { AuditEntry, ScopeSettings } from '../model/audit.ts';
import { ConfigError, StoreError, UserError } from '../model/errors.ts';
import type { RightOfWay } from '../model/right-of-way.ts';
import { personalScope } from '../model/scope.ts';
import type { Store } from '../store/store.ts';
import { nearest } from '../text/nearest.ts';
import { checkOptions, type OptionProblem } from './check-options.ts';
import type {
  Action,
  Actor,
  Call,
  Command,
  CommandContext,
  CommandGroup,
  Completion,
  Dispatch,
  Options,
  Reply,
  Right,
} from './command.ts';
import { optionsFor } from './commands-for.ts';
import { inGroup } from './in-group.ts';
import { QUOTAS, type QuotaKind, QuotaMeter, type Quotas } from './quotas.ts';
import { refuse, say } from './say.ts';

export interface DispatchDeps {
  store: {
    settings: Pick<Store['settings'], 'get' | 'audit'>;
    destinations: Pick<Store['destinations'], 'find'>;
  };
  commands: readonly Command[];
  groups: readonly CommandGroup[];
  log: Pick<Logger, 'info' | 'error'>;
  quotas?: Quotas;
  /** Whoever asks goes before work in the background. */
  rightOfWay?: Pick<RightOfWay, 'serve'>;
  /** Says a change in the channel that the scope has set for it; what it throws is logged. */
  announce?: (entry: Omit<AuditEntry, 'id'>, channelId: string) => Promise<void>;
}

/** The one door of all commands, whatever platform, button, form or shortcut they come from. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const { store, log } = deps;
  const table = new Map(deps.commands.map((command) => [command.path.join(' '), command]));
  const meter = new QuotaMeter(deps.quotas ?? QUOTAS);

  const serve = <T>(work: () => Promise<T>) => (deps.rightOfWay ? deps.rightOfWay.serve(work) : work());

  return {
    commands: deps.commands,
    groups: deps.groups,
    run: (call, context) => serve(() => run(call, context)),
    complete: (...typed) => serve(() => complete(...typed)),
    prefill,
    charge,
    allowed,
  };

  async function run(call: Call, context: CommandContext): Promise<Reply> {
    try {
      return await answer(call, context);
    } catch (error) {
      return fault(error, call, context);
    }
  }

  async function answer(call: Call, context: CommandContext): Promise<Reply> {
    const { actor, now } = context;
    const words = dispatchWords(actor.locale);
    const command = table.get(call.path);
    if (!command) return unknownCommand(call.path, actor);
    const right = rightOf(command, call.options, actor);
    const changes = changesOf(command, call.options, right);
    const spent = meter.take(quotaKeys(actor, changes), now);
    if (spent) return refuse(actor, quotaWords(spent, actor));
    const settings = await store.settings.get(actor.scope);
    const manager = mayManage(actor, settings);
    const refused = refusalFor(actor, command, right, changes, manager);
    if (refused) {
      await recordRefusal(call.path, actor, refused, now);
      return refuse(actor, [words[refused]]);
    }
    const checked = checkOptions(optionsFor(command, actor.platform), call.options);
    if ('problem' in checked) return optionRefusal(call, checked.problem, actor);
    // What was typed may name another right than what is valid of it.
    if (rightOf(command, checked.options, actor) === 'manage' && !manager) {
      await recordRefusal(call.path, actor, 'needsManage', now);
      return refuse(actor, [words.needsManage]);
    }
    const reply = await command.run(checked.options, { ...context, manager });
    if (reply.changed) await record(call.path, actor, reply.changed, settings, now);
    return await withPauseNotice(reply, call, actor);
  }

  async function complete(
    path: string,
    option: string,
    text: string,
    context: CommandContext,
  ): Promise<Completion[]> {
    try {
      const command = table.get(path);
      if (!command) return [];
      const spec = optionsFor(command, context.actor.platform).find(({ name }) => name === option);
      if (!spec?.complete) return [];
      const settings = await store.settings.get(context.actor.scope);
      const manager = mayManage(context.actor, settings);
      const right = rightOf(command, {}, context.actor);
      if (refusalFor(context.actor, command, right, changesOf(command, {}, right), manager)) return [];
      return await spec.complete(text.slice(0, 200), { ...context, manager });
    } catch (error) {
      if (!context.signal.aborted) log.error({ err: error, path, option }, 'completion failed');
      return [];
    }
  }

  async function prefill(call: Call, context: CommandContext): Promise<Options> {
    try {
      const command = table.get(call.path);
      if (!command?.prefill) return {};
      const manager = mayManage(context.actor, await store.settings.get(context.actor.scope));
      const right = rightOf(command, {}, context.actor);
      if (refusalFor(context.actor, command, right, changesOf(command, {}, right), manager)) return {};
      return await command.prefill(call.options, { ...context, manager });
    } catch (error) {
      log.error({ err: error, path: call.path }, 'a form could not be filled in');
      return {};
    }
  }

  function charge({ actor, now }: CommandContext): Reply | null {
    const spent = meter.take(quotaKeys(actor, false), now);
    return spent && refuse(actor, quotaWords(spent, actor));
  }

  async function allowed(path: string, actor: Actor): Promise<boolean> {
    const command = table.get(path);
    if (!command) return false;
    const right = rightOf(command, {}, actor);
    const manager = mayManage(actor, await store.settings.get(actor.scope));
    return !refusalFor(actor, command, right, changesOf(command, {}, right), manager);
  }

  /** Who closed their DMs gets no alerts: the next command is where we can say so. */
  async function withPauseNotice(reply: Reply, call: Call, actor: Actor): Promise<Reply> {
    if (!reply.private || call.path === RESUME) return reply;
    const dm = await store.destinations.find(actor.platform, actor.userId);
    if (dm?.paused?.why !== 'dms-closed') return reply;
    const words = tumenWords(actor.locale);
    const notice = refuse(
      actor,
      [words.pausedDm],
      [{ label: words.resume, call: { path: RESUME, options: {} } }],
    );
    return { ...reply, blocks: [...notice.blocks, ...reply.blocks] };
  }

  async function record(
    action: string,
    actor: Actor,
    changed: NonNullable<Reply['changed']>,
    settings: ScopeSettings | null,
    at: number,
  ): Promise<void> {
    const entry = {
      scope: changed.own ? personalScope(actor.platform, actor.userId) : actor.scope,
      who: changed.unnamed ? 'forgotten' : actor.userId,
      action,
      object: changed.object,
      detail: changed.detail ?? null,
      at,
    };
    // What is a person's own names them.
    if (changed.unnamed && actor.scope === personalScope(actor.platform, actor.userId)) return;
    log.info(entry, 'changed by command');
    await store.settings.audit(entry);
    // The change stands, whether or not it can be announced.
    if (settings?.auditChannel && !changed.own)
      deps.announce?.(entry, settings.auditChannel).catch((err) => log.error({ err }, 'audit not announced'));
  }

  async function recordRefusal(path: string, actor: Actor, why: string, at: number): Promise<void> {
    const entry = {
      scope: actor.scope,
      who: actor.userId,
      action: 'refused',
      object: path,
      detail: why,
      at,
    };
    log.info(entry, 'command refused');
    await store.settings.audit(entry);
  }

  function unknownCommand(path: string, actor: Actor): Reply {
    const words = dispatchWords(actor.locale);
    const group = inGroup(deps.commands, path);
    if (group.length)
      return say(actor, [
        {
          kind: 'list',
          items: group.map((command) => ({
            text: [{ code: `/${command.path.join(' ')}` }, ` ${command.description[actor.locale]}`],
          })),
        },
      ]);
    const near = nearest(path, [...table.keys()]);
    const lines = [fill(words.unknownCommand, { a: path.slice(0, 60) })];
    return refuse(actor, near ? [...lines, fill(words.didYouMean, { a: near })] : lines);
  }

  function fault(error: unknown, call: Call, context: CommandContext): Reply {
    const { actor } = context;
    const words = dispatchWords(actor.locale);
    if (error instanceof UserError && !isOperators(error))
      return refuse(actor, [error.message, error.hint ?? '']);
    const id = randomBytes(4).toString('hex');
    const fields = { err: error, id, path: call.path, scope: actor.scope, platform: actor.platform };
    log.error(fields, 'command failed');
    const said = context.signal.aborted ? words.timedOut : words.apology;
    return refuse(actor, [fill(said, { a: id }), words.tryAgain]);
  }
}

const RESUME = 'tumen resume';

/** What only the operator can mend names files of the machine: a chat is told no more than that it failed. */
function isOperators(error: UserError): boolean {
  return error instanceof StoreError || error instanceof ConfigError;
}

type Refusal = 'guest' | 'notInstalled' | 'needsManage';

function refusalFor(
  actor: Actor,
  command: Command,
  right: Right,
  changes: boolean,
  manager: boolean,
): Refusal | null {
  if (actor.installed === false && !command.personal) return 'notInstalled';
  if (actor.guest && changes) return 'guest';
  if (right === 'manage' && !manager) return 'needsManage';
  return null;
}

function mayManage(actor: Actor, settings: ScopeSettings | null): boolean {
  if (actor.guest || actor.installed === false) return false;
  return actor.admin || actor.groups.some((group) => settings?.managers.includes(group));
}

function rightOf(command: Command, options: Options, actor: Actor): Right {
  return typeof command.right === 'function' ? command.right(options, actor) : command.right;
}

function changesOf({ changes = false }: Command, options: Options, right: Right): boolean {
  return right === 'manage' || (typeof changes === 'function' ? changes(options) : changes);
}

function quotaKeys(actor: Actor, changes: boolean): { kind: QuotaKind; key: string }[] {
  const person = `${actor.platform} ${actor.userId}`;
  return [
    { kind: 'person', key: person },
    ...(actor.channelId ? [{ kind: 'channel' as const, key: actor.channelId }] : []),
    { kind: 'scope', key: actor.scope },
    ...(changes ? [{ kind: 'changes' as const, key: person }] : []),
  ];
}

function quotaWords(spent: { kind: QuotaKind; waitMs: number }, actor: Actor): string[] {
  const words = dispatchWords(actor.locale);
  const what = { person: words.quotaPerson, changes: words.quotaPerson, channel: words.quotaChannel };
  const said = spent.kind === 'scope' ? words.quotaScope : what[spent.kind];
  return [said, fill(words.tryIn, { n: Math.max(1, Math.ceil(spent.waitMs / 1000)) })];
}

/** Echoes what was typed, suggests, gives a valid example, and offers the form with the rest filled in. */
function optionRefusal(call: Call, problem: OptionProblem, actor: Actor): Reply {
  const words = dispatchWords(actor.locale);
  const { spec, code, typed, suggestion } = problem;
  const said = {
    missing: words.missing,
    'not-a-number': words.notANumber,
    'too-small': words.tooSmall,
    'too-large': words.tooLarge,
    'too-long': words.tooLong,
    'not-a-choice': words.notAChoice,
    'not-yes-or-no': words.notYesOrNo,
  }[code];
  const name = spec.names?.[actor.locale] ?? spec.name;
  const lines = [
    fill(said, { a: name, b: typed, n: spec.maxLength ?? 2000 }),
    spec.description[actor.locale],
    suggestion === null ? '' : fill(words.didYouMean, { a: suggestion }),
    fill(words.example, { a: spec.example }),
  ];
  const form: Action = { label: words.fillIn, call: { path: call.path, options: call.options }, form: true };
  return { ...refuse(actor, lines, spec.type === 'file' ? [] : [form]), option: spec.name };
}
