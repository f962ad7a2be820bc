import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Logger } from 'pino';
import type { Actor } from '../../commands/command.ts';
import type { Store } from '../../store/store.ts';
import { LIMITS } from './limits.ts';

/** Calls that no button can hold: the button names them by their hash, the store keeps them. */
export interface LongCalls {
  /** The blocks as Slack takes them. What their buttons do is kept before they are sent: it works after a restart too. */
  keep(blocks: readonly KnownBlock[], actor: Actor): Promise<KnownBlock[]>;
  /** What a button says it does, as it was before `keep`. */
  find(value: string | undefined): Promise<string | undefined>;
}

interface LongCallsDeps {
  store: { longCalls: Pick<Store['longCalls'], 'keep' | 'find'> };
  log: Logger;
  /** ms UTC. */
  now: () => number;
}

const MARK = '#';

export function createLongCalls({ store, log, now }: LongCallsDeps): LongCalls {
  return {
    async keep(blocks, { platform, userId }) {
      const long = new Map<string, string>();
      const shown = blocks.map((block) => shorten(block, long));
      // An answer without its longest buttons is better than none.
      if (long.size)
        await store.longCalls
          .keep(long, `${platform}:${userId}`, now())
          .catch((err) => log.error({ err }, 'long calls were not kept'));
      return shown;
    },
    async find(value) {
      if (!value?.startsWith(MARK)) return value;
      return (await store.longCalls.find(value.slice(MARK.length), now())) ?? undefined;
    },
  };
}

function shorten(block: KnownBlock, long: Map<string, string>): KnownBlock {
  if (block.type !== 'actions') return block;
  const elements = block.elements.map((element) => {
    if (element.type !== 'button' || (element.value?.length ?? 0) <= LIMITS.buttonValue) return element;
    const key = createHash('sha256').update(element.value!).digest('base64url').slice(0, 24);
    long.set(key, element.value!);
    return { ...element, value: MARK + key };
  });
  return { ...block, elements };
}
