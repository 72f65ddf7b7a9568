import { listCalendarDays } from '@orderlane/db/calendar-days';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import * as exits from '@orderlane/manage/exit-strategy';
import type { Answer, Cli } from '../cli.ts';
import { closingLines } from '../held-text.ts';
import { getStrategy } from '../resolve.ts';
import { readNow } from '../today.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedExit {
  strategy: string;
  /** Everything that the strategy holds when left out. */
  symbol: string | undefined;
}

/** Closes what a strategy holds: the sweep sends the orders. @throws CliError, ManageError */
export async function exitStrategy(cli: Cli, { strategy, symbol }: AskedExit): Promise<Answer> {
  const now = readNow(cli.environment);
  const opened = await inTransaction(cli, async (manager) => {
    const calendar = calendarOf(winningLines(await listCalendarDays(manager.db)));
    const asked = { strategy: await getStrategy(manager.db, strategy), symbol };
    return await exits.exitStrategy(manager, { ...asked, now, calendar });
  });
  return { data: exits.closingData(opened), text: closingLines(opened).join('\n') };
}
