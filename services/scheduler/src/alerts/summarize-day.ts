import { type AccountDay, listAccountDays } from '@orderlane/db/account-days';
import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { takeTurn } from '@orderlane/db/work-leases';

/** After the day markets' close and their last fills. */
const summaryTime = Temporal.PlainTime.from('15:45');

/**
 * Raises the summary of each account that had a signal or an order today, once a day and by one
 * scheduler: at 15:45 of Asia/Kolkata, or as soon after as one runs.
 */
export async function summarizeDay(
  db: Db,
  { now }: { now: Temporal.ZonedDateTime },
): Promise<void> {
  const local = now.withTimeZone('Asia/Kolkata');
  if (Temporal.PlainTime.compare(local.toPlainTime(), summaryTime) < 0) return;
  const next = local.add({ days: 1 }).withPlainTime(summaryTime);
  const everyMs = next.epochMilliseconds - local.epochMilliseconds;
  await db.transaction().execute(async (transaction) => {
    if (!(await takeTurn(transaction, { work: 'day_summary', item: 0, everyMs }))) return;
    for (const day of await listAccountDays(transaction)) {
      await raiseAlert(transaction, {
        code: 'day_summary',
        subject: `${day.account} ${local.toPlainDate().toString()}`,
        accountId: day.accountId,
        text: summaryOf(day),
      });
    }
  });
}

/** In words, with all that a person should look at. */
export function summaryOf({ account, signals, orders }: AccountDay): string {
  return `${account} today: signals ${listed(signals)}; orders ${listed(orders)}; open positions: look at the broker`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([, left], [, right]) => right - left);
  const words = entries.map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`);
  return words.length === 0 ? 'none' : words.join(', ');
}
