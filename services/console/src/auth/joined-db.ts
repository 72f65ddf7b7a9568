import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';

/**
 * A transaction that can be handed to who takes a database: what it does in a transaction or on a
 * connection of its own it does in this one, and undoes alone where it fails.
 */
export function joinedDb(transaction: Db): Db {
  const self: Db = new Proxy(transaction, {
    get(target, name) {
      if (name === 'transaction') return () => ({ execute: nested });
      if (name === 'connection') return () => ({ execute: async (work: Work) => await work(self) });
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const nested = async (work: Work) => {
    await sql`savepoint joined`.execute(transaction);
    try {
      const result = await work(self);
      await sql`release savepoint joined`.execute(transaction);
      return result;
    } catch (error) {
      await sql`rollback to savepoint joined`.execute(transaction);
      throw error;
    }
  };
  return self;
}

type Work = (db: Db) => Promise<unknown>;
