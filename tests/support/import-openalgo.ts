import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { z } from 'zod';
import { openHereCli } from './here-cli.ts';
import {
  chartinkStrategy,
  makeOpenAlgoDb,
  type OpenAlgoDbRows,
  openAlgoMapping,
  openAlgoStrategy,
  webhookOf,
} from './openalgo-db.ts';

const reportSchema = z.object({
  applied: z.boolean(),
  strategies: z.array(
    z.object({
      table: z.string(),
      openalgo_name: z.string().nullable(),
      name: z.string().nullable(),
      state: z.string(),
      strategy_id: z.number().nullable(),
      mappings: z.number(),
      was_active: z.boolean(),
      differs: z.boolean(),
      fixed: z.array(z.string()),
      refused: z.array(z.string()),
    }),
  ),
  orphaned_mappings: z.number(),
  cannot_both_be_active: z.array(z.string()),
  scan_changes: z.array(z.unknown()),
  steps: z.array(z.string()),
});

/** Ten strategies of an OpenAlgo, good and bad. */
const goodAndBadRows = {
  strategies: [
    openAlgoStrategy(1),
    openAlgoStrategy(2, { squareoff_time: '15:20', end_time: '15:15', is_active: 0 }),
    openAlgoStrategy(3, { start_time: '15:00', end_time: '09:20' }),
    openAlgoStrategy(4, { webhook_id: 'not-a-uuid' }),
    openAlgoStrategy(5, { name: '<b>x</b>', platform: 'zapier', is_intraday: 0 }),
    openAlgoStrategy(6, { name: 'tradingview_strategy 1', trading_mode: 'both' }),
    openAlgoStrategy(7, { trading_mode: null, webhook_id: webhookOf(7).toUpperCase() }),
  ],
  mappings: [
    openAlgoMapping(1),
    openAlgoMapping(1, { symbol: 'INFY', quantity: '5' }),
    openAlgoMapping(1, { symbol: 'SBIN', quantity: 99 }),
    openAlgoMapping(1, { symbol: 'NIFTY', exchange: 'NSE_INDEX' }),
    openAlgoMapping(2, { product_type: 'CNC' }),
    openAlgoMapping(5, { quantity: -5 }),
    openAlgoMapping(6, { symbol: 'TCS', product_type: 'CNC' }),
    openAlgoMapping(7, { symbol: 'NIFTY29DEC26FUT', exchange: 'NFO', product_type: 'NRML' }),
    openAlgoMapping(99),
  ],
  chartink: [
    chartinkStrategy(20, { name: 'Short term breakouts' }),
    chartinkStrategy(21, { name: 'BUY momentum', webhook_id: webhookOf(1) }),
  ],
  chartinkMappings: [
    {
      strategy_id: 20,
      chartink_symbol: 'WIPRO',
      exchange: 'NSE',
      quantity: 3,
      product_type: 'MIS',
    },
  ],
};

/** The command line, and an OpenAlgo's database to import. */
export async function openImport(rows: OpenAlgoDbRows = goodAndBadRows) {
  const stack = new AsyncDisposableStack();
  const cli = stack.use(await openHereCli({ PUBLIC_URL: 'https://orderlane.example.com' }));
  const folder = stack.use(await makeTemporaryFolder()).path;
  const file = `${folder}/openalgo.db`;
  makeOpenAlgoDb(file, rows);
  return {
    ...{ cli, db: cli.parts.db, folder, file },
    run: async (...options: string[]) => await cli.run(['import', 'openalgo', file, ...options]),
    report: async (...options: string[]) =>
      reportSchema.parse(await cli.json(['import', 'openalgo', file, ...options])),
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}
