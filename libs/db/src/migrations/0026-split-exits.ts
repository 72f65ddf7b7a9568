import { type Kysely, sql } from 'kysely';

const statements = [
  // An exit of an exact quantity takes no more than the exchange takes in one order, wherever it comes
  // from; its closing sends the rest beside it. The claim holds the limit.
  sql`
create function limit_exit() returns trigger language plpgsql as $$
begin
  new.quantity_limit := (select most_per_order from symbols where exchange = new.exchange and symbol = new.symbol);
  return new;
end $$`,
  sql`
create trigger orders_limit_exit before insert on orders
  for each row when (new.role = 'exit' and new.target_position is null and new.quantity_limit is null)
  execute function limit_exit()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
