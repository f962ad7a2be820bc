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

/** The gateway as health tells of it: the worst of its shards. */
export class GatewayState {
  #state: PlatformHealth['state'] = 'starting';
  #detail: string | null = null;
  #connectedAt: number | null = null;
  readonly #down = new Set<number>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get isFatal(): boolean {
    return this.#state === 'fatal';
  }

  health(): PlatformHealth {
    return { state: this.#state, detail: this.#detail, connectedAt: this.#connectedAt };
  }

  up(shard: number): void {
    this.#down.delete(shard);
    this.#connectedAt = this.#now();
    if (this.isFatal || this.#state === 'stopped') return;
    this.#state = this.#down.size ? 'reconnecting' : 'connected';
    this.#detail = this.#down.size ? this.#shards() : null;
  }

  down(shard: number): void {
    this.#down.add(shard);
    if (this.isFatal || this.#state === 'stopped') return;
    this.#state = 'reconnecting';
    this.#detail = this.#shards();
  }

  /** A try to connect failed and will be made again. */
  retrying(detail: string): void {
    if (this.isFatal || this.#state === 'stopped') return;
    this.#detail = detail;
  }

  /** @returns what to do, where this close code is final */
  closed(code: number): string | null {
    const detail = FATAL[code];
    if (!detail) return null;
    this.fatal(detail);
    return detail;
  }

  fatal(detail: string): void {
    this.#state = 'fatal';
    this.#detail = detail;
  }

  stopped(): void {
    if (!this.isFatal) this.#state = 'stopped';
  }

  #shards(): string {
    return `shards without connection: ${[...this.#down].sort((a, b) => a - b).join(', ')}; posts go out all the same`;
  }
}
