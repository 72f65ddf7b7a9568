import { findStrategy, listStrategies } from '@orderlane/db/strategies';
import { listWebhookOwners, type WebhookOwner } from '@orderlane/db/webhook-owners';
import type { StrategyDraft } from '@orderlane/domain/check-strategy';
import { brandIds, type StrategyId } from '@orderlane/domain/ids';
import {
  type ConvertedStrategy,
  convertStrategy,
} from '@orderlane/domain/move-in/convert-strategy';
import type { OpenAlgoStrategy } from '@orderlane/domain/move-in/openalgo-strategy';
import type { Manager } from './manager.ts';

/** What becomes of one strategy of an OpenAlgo. */
export interface MovedStrategy extends ConvertedStrategy {
  from: OpenAlgoStrategy;
  /** `present`: an earlier import, or somebody, made it; it stays as it is. */
  state: 'new' | 'present' | 'refused';
  /** Its name here. */
  name: string | null;
  /** Null where it is not here, or not yet. */
  strategyId: StrategyId | null;
  /** Present with other settings than OpenAlgo has. */
  differs: boolean;
}

interface MoveInRequest {
  strategies: readonly OpenAlgoStrategy[];
  owner: string;
  today: Temporal.PlainDate;
}

/** What an import would make of these strategies as things stand; changes nothing. */
export async function planMoveIn(
  { db }: Manager,
  { strategies, owner, today }: MoveInRequest,
): Promise<MovedStrategy[]> {
  const owned = (await listStrategies(db)).filter(({ user_id }) => user_id === owner);
  const taken = new Set(owned.map(({ name }) => name));
  const owners = await findOwners(db, strategies);
  const seen = new Set<string>();
  const moved: MovedStrategy[] = [];
  for (const from of strategies) {
    const webhookId = from.webhookId?.trim().toLowerCase() ?? '';
    const present = owners.get(webhookId);
    if (seen.has(webhookId)) moved.push(refuseSecond(convert(from, { taken, today })));
    else if (present !== undefined) moved.push(await compare(db, { from, present, today }));
    else moved.push(convert(from, { taken, today }));
    seen.add(webhookId);
    const { name, state } = moved.at(-1) ?? {};
    if (state === 'new' && name) taken.add(name);
  }
  return moved;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Strategies that are here with the webhook of one of these. */
async function findOwners(
  db: Manager['db'],
  strategies: readonly OpenAlgoStrategy[],
): Promise<Map<string, WebhookOwner>> {
  const ids = strategies.map(({ webhookId }) => webhookId?.trim().toLowerCase() ?? '');
  const valid = ids.filter((id) => uuid.test(id)).map(brandIds.webhook);
  const owners = await listWebhookOwners(db, valid);
  const living = owners.filter(({ isDeleted }) => !isDeleted);
  return new Map(living.map((owner) => [owner.webhookId, owner]));
}

function convert(
  from: OpenAlgoStrategy,
  args: { taken: ReadonlySet<string>; today: Temporal.PlainDate },
): MovedStrategy {
  const converted = convertStrategy(from, args);
  const { draft } = converted;
  const state = draft === undefined ? 'refused' : 'new';
  return { ...converted, from, state, name: draft?.name ?? null, strategyId: null, differs: false };
}

function refuseSecond(moved: MovedStrategy): MovedStrategy {
  const reason = 'its webhook id is that of another strategy in the file';
  const refused = [reason, ...moved.refused];
  return { ...moved, state: 'refused', draft: undefined, name: null, refused };
}

async function compare(
  db: Manager['db'],
  args: { from: OpenAlgoStrategy; present: WebhookOwner; today: Temporal.PlainDate },
): Promise<MovedStrategy> {
  const { from, present, today } = args;
  const strategy = await findStrategy(db, present.id);
  const converted = convertStrategy(from, { taken: new Set(), today });
  const differs =
    strategy !== undefined &&
    converted.draft !== undefined &&
    settingsOf(converted.draft) !== settingsOf(strategy);
  const name = strategy?.name ?? null;
  return { ...converted, from, state: 'present', name, strategyId: present.id, differs };
}

/** What OpenAlgo knows of a strategy, but for its name and whether it is on. */
function settingsOf(draft: StrategyDraft): string {
  const { platform, tradingMode, isIntraday, startTime, endTime, squareoffTime } = draft;
  const mappings = draft.mappings.map(({ signalSymbol, symbol, exchange, product, quantity }) =>
    [signalSymbol, symbol, exchange, product, quantity].join(' '),
  );
  const times = [isIntraday, startTime, endTime, squareoffTime];
  return JSON.stringify([platform, tradingMode, ...times, mappings.toSorted()]);
}
