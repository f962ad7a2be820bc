import type { PlatformHealth } from '../platform.ts';

/** Close codes after which Discord refuses every further try, and what to do. https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const FATAL: Record<number, string> = {
  4004: 'Discord refused the token (close code 4004). Copy it anew from the Bot page of your application and set DISCORD_TOKEN.',
  4010: 'Discord refused the shard (close code 4010). Let tumen choose the number of shards.',
  4011: 'Discord asks for more shards (close code 4011). Restart tumen, which asks for the number at start.',
  4012: 'Discord no longer speaks this version of its gateway (close code 4012). Update tumen.',
  4013: 'Discord does not know an intent that was asked for (close code 4013). Update tumen.',
  4014: 'Discord does not allow an intent that was asked for (close code 4014). tumen needs none but Guilds: check that this token is its own application’s.',
};

/** The gateway as health tells of it: the worst of the shards that this instance holds. */
export class GatewayState {
  #state: PlatformHealth['state'] = 'starting';
  #detail: string | null = null;
  #connectedAt: number | null = null;
  #since: number;
  readonly #up = new Set<number>();
  readonly #down = new Set<number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  get isFatal(): boolean {
    return this.#state === 'fatal';
  }

  health(): PlatformHealth {
    return { state: this.#state, detail: this.#detail, since: this.#since, connectedAt: this.#connectedAt };
  }

  up(shard: number): void {
    this.#down.delete(shard);
    this.#up.add(shard);
    this.#connectedAt = this.#now();
    this.#settle();
  }

  down(shard: number): void {
    this.#up.delete(shard);
    this.#down.add(shard);
    this.#settle();
  }

  /** These are no longer ours to hold. */
  gone(shards: readonly number[]): void {
    for (const shard of shards) {
      this.#up.delete(shard);
      this.#down.delete(shard);
    }
    this.#settle();
  }

  /** Another instance holds every shard. */
  standby(): void {
    if (!this.#up.size && !this.#down.size) this.#set('standby', null);
  }

  /** A try to connect failed and will be made again. */
  retrying(detail: string): void {
    if (this.#state === 'standby') this.#set('starting', detail);
    else if (!this.isFatal && this.#state !== 'stopped') this.#detail = detail;
  }

  /** @returns what to do, where this close code is final */
  closed(code: number): string | null {
    const detail = FATAL[code];
    if (!detail) return null;
    this.#set('fatal', detail);
    return detail;
  }

  stopped(): void {
    this.#set('stopped', this.#detail);
  }

  #settle(): void {
    if (this.#down.size) this.#set('reconnecting', this.#shards());
    else if (this.#up.size) this.#set('connected', null);
  }

  #set(state: PlatformHealth['state'], detail: string | null): void {
    if (this.isFatal || (this.#state === 'stopped' && state !== 'fatal')) return;
    if (this.#state !== state) this.#since = this.#now();
    this.#state = state;
    this.#detail = detail;
  }

  #shards(): string {
    return `shards without connection: ${[...this.#down].sort((a, b) => a - b).join(', ')}; posts go out all the same`;
  }
}

/** What health says where REST refuses the token. */
export const TOKEN_REFUSED =
  'Discord refuses the token. Copy it anew from the Bot page of your application and set DISCORD_TOKEN; what is paused for it goes on then.';
