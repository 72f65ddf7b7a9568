import { Card, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { strategyFormQuery } from '../../api/queries.ts';
import type { Strategy } from '../../api/types.ts';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { DayTimeline } from './day-timeline.tsx';

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What it is set to. */
export function Overview({ strategy }: { strategy: Strategy }) {
  const { data: form } = useQuery(strategyFormQuery);
  const mapped = new Set(strategy.mappings.map(({ exchange }) => exchange));
  const exchanges = (form?.exchanges ?? []).filter(({ exchange }) =>
    mapped.size === 0 ? exchange === 'NSE' : mapped.has(exchange),
  );
  const { start_time: start, end_time: end, squareoff_time: squareoff } = strategy;
  return (
    <Card withBorder>
      <Stack>
        <SettingFacts strategy={strategy} />
        {start !== null && end !== null && squareoff !== null && exchanges.length > 0 && (
          <DayTimeline start={start} end={end} squareoff={squareoff} exchanges={exchanges} />
        )}
      </Stack>
    </Card>
  );
}

function SettingFacts({ strategy }: { strategy: Strategy }) {
  const seconds = (ms: number | null) => (ms === null ? 'as configured' : `${ms / 1000} s`);
  const days = strategy.trading_days?.map((day) => dayNames[day - 1]).join(', ');
  return (
    <Facts
      facts={{
        Account: strategy.account_id && (
          <Go to={`/accounts/${strategy.account_id}`}>{strategy.account ?? ''}</Go>
        ),
        Platform: strategy.platform,
        'Trading mode': strategy.trading_mode ?? 'by the scan',
        'What scans mean': strategy.chartink_action,
        'Exits close': scopeWord(strategy),
        Kind: kindOf(strategy),
        'Entries a day': strategy.max_orders_per_day,
        'Entries while one is held': strategy.max_entries ?? 'by platform',
        'Largest quantity': strategy.max_quantity ?? "ten times the mapping's",
        'Too old after': seconds(strategy.entry_max_age_ms),
        'Repetition within': seconds(strategy.duplicate_window_ms),
        'Entries on': days ?? 'all days',
        'Once a day': yesNo(strategy.once_a_day),
        'May be called from': strategy.allowed_sources?.join(', ') ?? 'anywhere',
        'Shared secret': strategy.has_shared_secret ? 'asked for' : 'none',
      }}
    />
  );
}

const yesNo = (is: boolean) => (is ? 'yes' : 'no');
const kindOf = ({ is_intraday: is }: Strategy) => (is ? 'intraday' : 'positional');
const scopeWord = ({ position_scope: scope }: Strategy) =>
  scope === 'account' ? "the account's position" : 'its own';
