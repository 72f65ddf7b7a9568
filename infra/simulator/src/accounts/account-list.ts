import { Book } from '../books/book.ts';
import type { Clock } from '../clock.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import type { Account, Mode } from './account.ts';
import { PositionCache } from './position-cache.ts';

/** How the accounts of a simulator begin. */
export interface AccountListOptions {
  readonly apikeys: readonly string[];
  /** Any key that begins with this is an account of its own, made when it is first seen. */
  readonly apikeyPrefix: string | undefined;
  readonly mode: Mode;
  readonly semiAuto: boolean;
  readonly positionCacheMs: number;
  /** Rupees. */
  readonly sandboxFunds: number;
  readonly brokerFunds: number;
}

/** The accounts, found by key. */
export class AccountList {
  readonly #byKey = new Map<string, Account>();
  readonly #options: AccountListOptions;

  readonly #clock: Clock;

  constructor(options: AccountListOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    for (const apikey of options.apikeys) this.#add(apikey);
  }

  find(apikey: unknown): Account | undefined {
    if (typeof apikey !== 'string') return undefined;
    const known = this.#byKey.get(apikey);
    if (known !== undefined) return known;
    const { apikeyPrefix } = this.#options;
    return apikeyPrefix !== undefined && apikey.startsWith(apikeyPrefix)
      ? this.#add(apikey)
      : undefined;
  }

  /** The first account: the one meant where no key is named. */
  first(): Account | undefined {
    return this.#byKey.values().next().value;
  }

  all(): readonly Account[] {
    return [...this.#byKey.values()];
  }

  #add(apikey: string): Account {
    const { mode, semiAuto, positionCacheMs, sandboxFunds, brokerFunds } = this.#options;
    const live = new Book();
    const account: Account = {
      name: `account-${this.#byKey.size + 1}`,
      apikey,
      mode,
      semiAuto,
      sessionAlive: true,
      live,
      sandbox: createSandbox(sandboxFunds, this.#clock.now()),
      brokerFunds,
      pending: new Map(),
      pendingNumber: 0,
      refusals: new Map(),
      positionCache: new PositionCache(live, positionCacheMs),
      analyzerLogs: 0,
    };
    this.#byKey.set(apikey, account);
    return account;
  }
}
