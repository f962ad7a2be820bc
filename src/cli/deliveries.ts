import { Command, Option } from 'commander';
import type { Core } from '../core.ts';
import { shownBy } from '../deliveries/remember-shown.ts';
import type { Delivery, DeliveryState, Part } from '../model/delivery.ts';
import { UserError } from '../model/errors.ts';
import type { CliIo } from './io.ts';
import { readNumber } from './read-number.ts';
import { withCore } from './with-core.ts';

const STATES: readonly DeliveryState[] = [
  'pending',
  'sending',
  'sent',
  'uncertain',
  'failed',
  'skipped',
  'expired',
];
/** What can be sent again or settled by hand; the others are under way or done. */
const STOPPED: readonly DeliveryState[] = ['uncertain', 'failed', 'expired', 'skipped'];

/** `tumen deliveries`: what an operator sees of the outbox, and says about what it cannot know. */
export function deliveriesCommand(io: CliIo): Command {
  const command = new Command('deliveries')
    .description('What went out, what waits, what is stuck.')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run --silent tumen -- deliveries list --state uncertain
  $ npm run --silent tumen -- deliveries show 42
  $ npm run --silent tumen -- deliveries retry 42 --why "the channel is back"
  $ npm run --silent tumen -- deliveries resolve 42 --as sent --why "it stands in the channel"

States: pending (waits), sending (under way, or its end is being looked up), sent, uncertain (it may stand there and
the history cannot be read: look, then resolve), failed (refused for good), skipped, expired (its stories return).`,
    );

  command
    .command('list')
    .description('Newest first, one JSON line each.')
    .addOption(new Option('--state <state>', 'only these').choices(STATES))
    .option('--destination <id>', 'only to this destination', readNumber)
    .option('--limit <n>', 'at most so many', readNumber, 50)
    .action(async (options: { state?: DeliveryState; destination?: number; limit: number }) => {
      await withCore(io, async ({ store }) => {
        const { state, destination: destinationId, limit } = options;
        const filter = { limit, ...(state ? { state } : {}), ...(destinationId ? { destinationId } : {}) };
        const names = new Map(
          (await store.destinations.list()).map((one) => [
            one.id,
            `${one.platform} ${one.name ?? one.target}`,
          ]),
        );
        for (const delivery of await store.deliveries.list(filter))
          io.stdout.write(
            `${JSON.stringify(summaryOf(delivery, names.get(delivery.destinationId) ?? null))}\n`,
          );
      });
    });

  command
    .command('show')
    .description('One delivery with its parts, as JSON.')
    .argument('<id>', 'its number in the list', readNumber)
    .option('--content', 'with its whole frozen content')
    .action(async (id: number, options: { content?: boolean }) => {
      await withCore(io, async ({ store }) => {
        const delivery = await find(store, id);
        const destination = await store.destinations.get(delivery.destinationId);
        const name = destination && `${destination.platform} ${destination.name ?? destination.target}`;
        const whole = {
          ...summaryOf(delivery, name),
          parts: delivery.parts.map(partOf),
          ...(options.content ? { content: delivery.content } : {}),
        };
        io.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
      });
    });

  command
    .command('retry')
    .description('Sends again what stopped: its parts that are not sent.')
    .argument('<id>', 'its number in the list', readNumber)
    .option('--why <words>', 'kept with the delivery', 'sent again by an operator')
    .action(async (id: number, options: { why: string }) => {
      await withCore(io, async ({ store, now }) => {
        const delivery = await findStopped(store, id);
        await store.deliveries.resolve(id, 'pending', options.why, now());
        const warning =
          delivery.state === 'uncertain' ? ' Where it had arrived after all, it will stand there twice.' : '';
        io.stderr.write(`Delivery ${id} goes out again within a minute while the service runs.${warning}\n`);
      });
    });

  command
    .command('resolve')
    .description('Says what became of a delivery: it arrived, or it will not be sent.')
    .argument('<id>', 'its number in the list', readNumber)
    .addOption(
      new Option('--as <end>', 'what became of it').choices(['sent', 'skipped']).makeOptionMandatory(),
    )
    .option('--why <words>', 'kept with the delivery', 'settled by an operator')
    .action(async (id: number, options: { as: 'sent' | 'skipped'; why: string }) => {
      await withCore(io, async ({ store, now }) => {
        const delivery = await findStopped(store, id);
        // What an operator saw standing there counts as shown, like any other part that was sent.
        const arrived = delivery.parts.filter((part) => part.state !== 'sent');
        const shown = arrived.flatMap((part) => shownBy(delivery, part, null, now()));
        await store.deliveries.resolve(
          id,
          options.as,
          options.why,
          now(),
          options.as === 'sent' ? shown : [],
        );
        io.stderr.write(`Delivery ${id} is ${options.as}.\n`);
      });
    });

  return command;
}

type Stores = Core['store'];

async function find(store: Stores, id: number): Promise<Delivery & { parts: Part[] }> {
  const delivery = await store.deliveries.get(id);
  if (delivery) return delivery;
  throw new UserError('not-found', `there is no delivery ${id}`, {
    hint: 'tumen deliveries list shows them.',
  });
}

async function findStopped(store: Stores, id: number): Promise<Delivery & { parts: Part[] }> {
  const delivery = await find(store, id);
  if (STOPPED.includes(delivery.state)) return delivery;
  throw new UserError('state', `delivery ${id} is ${delivery.state}`, {
    hint:
      delivery.state === 'sent'
        ? 'It has arrived; there is nothing to do.'
        : 'It is on its way; wait until it is sent, failed, uncertain or expired.',
  });
}

function summaryOf(delivery: Delivery, destination: string | null): Record<string, unknown> {
  const { id, kind, state, key, reason, scheduleId } = delivery;
  const times = { due: iso(delivery.dueAt), made: iso(delivery.createdAt), expires: iso(delivery.expiresAt) };
  return {
    id,
    kind,
    state,
    destination,
    destinationId: delivery.destinationId,
    schedule: scheduleId,
    ...times,
    key,
    reason,
  };
}

function partOf({
  index,
  state,
  attempts,
  action,
  messageId,
  channelId,
  lastError,
  stories,
  marker,
  sendingSince,
}: Part) {
  const sending = sendingSince === null ? null : iso(sendingSince);
  return {
    index,
    action: action.kind,
    state,
    attempts,
    sendingSince: sending,
    messageId,
    channelId,
    lastError,
    stories,
    marker,
  };
}

const iso = (at: number) => new Date(at).toISOString();
