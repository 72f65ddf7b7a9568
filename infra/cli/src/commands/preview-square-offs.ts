import { listCalendarDays } from '@orderlane/db/calendar-days';
import { readAuction } from '@orderlane/db/live-auction';
import type { Db } from '@orderlane/db/open-db';
import { findStrategy, listStrategies } from '@orderlane/db/strategies';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import type { Strategy } from '@orderlane/domain/strategy';
import type { OutlookDeps } from '@orderlane/manage/outlook-square-off';
import { previewData } from '@orderlane/manage/preview-data';
import { previewSquareOff, type SquareOffPreview } from '@orderlane/manage/preview-square-off';
import type { Answer, Cli } from '../cli.ts';
import { readRates } from '../config.ts';
import { previewText } from '../preview-text.ts';
import { getStrategy } from '../resolve.ts';
import { readNow } from '../today.ts';
import { withDb } from '../with-db.ts';
import { withLanes } from '../with-lanes.ts';

/**
 * What would be squared off next, when, by which rule, and what stands in the way.
 * @param asked.strategy every intraday strategy when left out
 * @throws ManageError unknown_strategy
 */
export async function previewSquareOffs(
  cli: Cli,
  asked: { strategy: string | undefined },
): Promise<Answer> {
  const preview = async (isServed: OutlookDeps['isServed']) =>
    await withDb(cli, async (db) => await previewAll(cli, { db, isServed, asked }));
  // Without Redis all is known but who serves the lanes.
  const withServers = await withLanes(cli, async ({ isServed }) => await preview(isServed));
  const previews = withServers ?? (await preview(undefined));
  const lanesAsked = withServers !== undefined;
  const text = previews.map(previewText);
  if (!lanesAsked) text.push('Redis was not asked: whether executors serve the lanes is not known');
  return {
    data: previews.map((each) => ({ ...previewData(each), lanes_asked: lanesAsked })),
    text: previews.length === 0 ? 'No intraday strategies' : text.join('\n\n'),
  };
}

async function previewAll(
  cli: Cli,
  args: { db: Db; isServed: OutlookDeps['isServed']; asked: { strategy: string | undefined } },
): Promise<SquareOffPreview[]> {
  const { db, isServed, asked } = args;
  const { limitsOf } = await import('@orderlane/queue/account-limits');
  const rates = readRates(cli.environment);
  const deps: OutlookDeps = {
    db,
    calendar: calendarOf(winningLines(await listCalendarDays(db))),
    isAuctionStock: await readAuction(db),
    paceOf: (account) => limitsOf(rates, account),
    ...(isServed && { isServed }),
  };
  const now = readNow(cli.environment);
  const previews: SquareOffPreview[] = [];
  for (const strategy of await strategiesOf(db, asked.strategy)) {
    previews.push(await previewSquareOff(deps, { strategy, now }));
  }
  return previews;
}

async function strategiesOf(db: Db, nameOrId: string | undefined): Promise<Strategy[]> {
  if (nameOrId !== undefined) return [await getStrategy(db, nameOrId)];
  const intraday = (await listStrategies(db)).filter(({ is_intraday }) => is_intraday);
  const found: Strategy[] = [];
  for (const { id } of intraday) {
    const strategy = await findStrategy(db, id);
    if (strategy !== undefined) found.push(strategy);
  }
  return found;
}
