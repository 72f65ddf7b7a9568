import { Card, Loader, SimpleGrid, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';
import { accountsQuery, positionsQuery, todayQuery } from '../../api/queries.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { GoButton } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { OrderList } from '../orders/orders.tsx';
import { PositionTable } from '../positions/position-table.tsx';
import { AccountStates } from './account-states.tsx';
import { Lanes } from './lanes.tsx';
import { Latency } from './latency.tsx';
import { RecentAlerts } from './recent-alerts.tsx';
import { SquareOffsToday } from './square-offs-today.tsx';

const CallsChart = lazy(async () => await import('./calls-chart.tsx'));

/** The front page: what moves, what waits, what comes. */
export function Today() {
  const query = useQuery(todayQuery);
  const { data: accounts } = useQuery(accountsQuery);
  if (accounts?.length === 0) return <Empty />;
  return (
    <Page title="Today">
      <Asked query={query}>
        {(today) => (
          <>
            <RecentAlerts />
            <SimpleGrid cols={{ base: 1, lg: 2 }}>
              <Block title="Lanes">
                <Lanes lanes={today.lanes} />
              </Block>
              <Block title="Accounts">
                <AccountStates />
              </Block>
              <Block title="Square-offs today">
                <SquareOffsToday today={today} />
              </Block>
              <Block title="How long orders took">
                <Latency latency={today.latency} />
              </Block>
              <Block title="Calls to OpenAlgo, by minute">
                <Suspense fallback={<Loader data-loading />}>
                  <CallsChart minutes={today.calls_by_minute} />
                </Suspense>
              </Block>
            </SimpleGrid>
          </>
        )}
      </Asked>
      <Held />
      <Title order={2} size="h4">
        Orders
      </Title>
      <OrderList filter={{}} />
    </Page>
  );
}

function Empty() {
  return (
    <Page title="Today">
      <Nothing title="Welcome">
        Nothing is set up yet: an account, a strategy, and the first signal are a few minutes away.
        <MayTrade>
          <GoButton to="/start">First steps</GoButton>
        </MayTrade>
      </Nothing>
    </Page>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Card>
  );
}

function Held() {
  const { data: positions = [] } = useQuery(positionsQuery);
  if (positions.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Positions
      </Title>
      <PositionTable rows={positions} />
    </Stack>
  );
}
