import { pino } from 'pino';
import { createOutbox } from '../../src/deliveries/outbox.ts';
import { createDiscordPublisher } from '../../src/platforms/discord/publisher.ts';
import { openStore } from '../../src/store/open-store.ts';
import { type InstanceOrder, PAUSE_SCALE } from './pause-order.ts';
import { tap } from './tap.ts';

/** One of two instances: sends what is due, and stops itself (SIGSTOP) at the point it is told. */
async function live(order: InstanceOrder): Promise<void> {
  let point: string | null = null;
  const step = (label: string) => {
    if (label !== point) return;
    point = null;
    process.send?.('stopping');
    process.kill(process.pid, 'SIGSTOP');
  };
  process.on('message', (message: { point: string | null }) => {
    point = message.point;
  });
  const store = tap(await openStore({ url: order.databaseUrl }), 'store', step);
  const { settleMs } = PAUSE_SCALE;
  const pace = { global: { requests: 50, perMs: 100 }, channel: { requests: 50, perMs: 100 } };
  const publisher = { ...createDiscordPublisher({ token: 'x', apiUrl: order.discordUrl, settleMs }), pace };
  const publishers = [tap(publisher, 'platform', step)];
  const log = pino({ level: 'silent' });
  const outbox = createOutbox({ store, publishers, owner: `${process.pid}`, log, ...PAUSE_SCALE });
  for (;;) {
    await outbox.tick();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

process.once('message', (order: InstanceOrder) => {
  live(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
