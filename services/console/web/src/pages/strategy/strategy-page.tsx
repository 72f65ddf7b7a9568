import { Group, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { strategyQuery } from '../../api/queries.ts';
import type { Strategy } from '../../api/types.ts';
import { Asked } from '../../parts/asked.tsx';
import { useFilter } from '../../parts/filter-bar.tsx';
import { GoButton } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { OrderList } from '../orders/orders.tsx';
import { SignalList } from '../signals/signals.tsx';
import { ActivitySwitch } from '../strategies/activity-switch.tsx';
import { DeleteStrategy } from './delete-strategy.tsx';
import { Mappings } from './mappings.tsx';
import { Overview } from './overview.tsx';
import { StrategyPositions } from './strategy-positions.tsx';
import { TestSignal } from './test-signal.tsx';
import { WebhookAndMessages } from './webhook-and-messages.tsx';

export function StrategyPage() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const query = useQuery(strategyQuery(id));
  return <Asked query={query}>{(strategy) => <Shown strategy={strategy} />}</Asked>;
}

function Shown({ strategy }: { strategy: Strategy }) {
  return (
    <Page
      title={strategy.name}
      actions={
        <Group gap="xs">
          <ActivitySwitch strategy={strategy} />
          <MayTrade>
            <GoButton to={`/strategy/${strategy.id}/edit`} variant="default">
              Edit
            </GoButton>
            <DeleteStrategy strategy={strategy} />
          </MayTrade>
        </Group>
      }
    >
      <Parts strategy={strategy} />
    </Page>
  );
}

const tabs = [
  { value: 'webhook', label: 'Webhook' },
  { value: 'symbols', label: 'Symbols' },
  { value: 'test', label: 'Test signal' },
  { value: 'positions', label: 'Positions' },
  { value: 'signals', label: 'Signals' },
  { value: 'orders', label: 'Orders' },
  { value: 'settings', label: 'Settings' },
];

function Parts({ strategy }: { strategy: Strategy }) {
  const [{ tab = 'webhook' }, set] = useFilter();
  const strategyId = String(strategy.id);
  return (
    <Tabs value={tab} onChange={(value) => set('tab', value ?? '')} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="webhook">
        <WebhookAndMessages strategy={strategy} />
      </Tabs.Panel>
      <Tabs.Panel value="symbols">
        <Mappings strategy={strategy} />
      </Tabs.Panel>
      <Tabs.Panel value="test">
        <TestSignal strategy={strategy} />
      </Tabs.Panel>
      <Tabs.Panel value="positions">
        <StrategyPositions strategy={strategy} />
      </Tabs.Panel>
      <Tabs.Panel value="signals">
        <SignalList filter={{ strategy: strategyId }} />
      </Tabs.Panel>
      <Tabs.Panel value="orders">
        <OrderList filter={{ strategy: strategyId }} />
      </Tabs.Panel>
      <Tabs.Panel value="settings">
        <Overview strategy={strategy} />
      </Tabs.Panel>
    </Tabs>
  );
}
