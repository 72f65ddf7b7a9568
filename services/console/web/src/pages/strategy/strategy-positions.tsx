import { Button, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { positionsQuery } from '../../api/queries.ts';
import type { Strategy } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { ClosingList } from '../log/closings.tsx';
import { ExitNow } from '../positions/exit-now.tsx';
import { PositionTable } from '../positions/position-table.tsx';

/** What the strategy holds beside what the account shows, and the way out. */
export function StrategyPositions({ strategy }: { strategy: Strategy }) {
  const query = useQuery(positionsQuery);
  const [isLeaving, setLeaving] = useState(false);
  return (
    <Stack>
      <Asked query={query}>
        {(all) => {
          const rows = all.filter(({ strategy_id }) => strategy_id === strategy.id);
          return rows.length === 0 ? (
            <Nothing title="It holds nothing" />
          ) : (
            <>
              <PositionTable rows={rows} />
              <MayTrade>
                <Button color="red" w="fit-content" onClick={() => setLeaving(true)}>
                  Exit everything now
                </Button>
              </MayTrade>
            </>
          );
        }}
      </Asked>
      {isLeaving && <ExitNow strategy={strategy} close={() => setLeaving(false)} />}
      <Title order={2} size="h4">
        Closings
      </Title>
      <ClosingList filter={{ strategy: String(strategy.id) }} />
    </Stack>
  );
}
