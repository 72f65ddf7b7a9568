import { listCalendarDays } from '@orderlane/db/calendar-days';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import type { ExitPlan } from '@orderlane/domain/plan-closing';
import * as exits from '@orderlane/manage/exit-strategy';
import type { Answer, Cli } from '../cli.ts';
import { getStrategy } from '../resolve.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedExit {
  strategy: string;
  /** Everything that the strategy holds when left out. */
  symbol: string | undefined;
}

/** Closes what a strategy holds: the sweep sends the orders. @throws CliError, ManageError */
export async function exitStrategy(cli: Cli, { strategy, symbol }: AskedExit): Promise<Answer> {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Kolkata');
  const opened = await inTransaction(cli, async (manager) => {
    const calendar = calendarOf(winningLines(await listCalendarDays(manager.db)));
    const asked = { strategy: await getStrategy(manager.db, strategy), symbol };
    return await exits.exitStrategy(manager, { ...asked, now, calendar });
  });
  const lines = [...opened.exits.map(describe), ...opened.joined.map(describeJoined)];
  return { data: exits.closingData(opened), text: lines.join('\n') };
}

function describe({ instrument, action, quantity }: ExitPlan): string {
  return `Closing ${instrumentKey(instrument)}: ${action} ${quantity === 0 ? 'all of it' : quantity}`;
}

function describeJoined(instrument: Instrument): string {
  return `${instrumentKey(instrument)} is being closed already`;
}
