import { Alert, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { client } from '../../api/client.ts';
import { strategyFormQuery } from '../../api/queries.ts';
import { Asked } from '../../parts/asked.tsx';
import { Go } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { StrategyFormView } from './strategy-form.tsx';
import { newValues, type StrategyValues, strategyJson } from './strategy-values.ts';

export function NewStrategy() {
  const navigate = useNavigate();
  return (
    <Page title="New strategy">
      <NewStrategyForm
        done={({ id }) =>
          void navigate({ to: `/strategy/${id}`, search: { tab: 'symbols' } as never })
        }
      />
    </Page>
  );
}

export function NewStrategyForm({ done }: { done: (made: { id: number }) => void }) {
  const query = useQuery({ ...strategyFormQuery, refetchOnWindowFocus: false });
  const save = async (values: StrategyValues) =>
    await dataIn(await client.strategy.new.$post({ json: strategyJson(values) }));
  return (
    <Asked query={query}>
      {(choices) =>
        choices.accounts.length === 0 ? (
          <Alert color="orange" title="An account comes first">
            <Text size="sm">
              A strategy trades on an account. <Go to="/accounts/new">Add one</Go>
            </Text>
          </Alert>
        ) : (
          <StrategyFormView
            initial={newValues(String(choices.accounts[0]?.id ?? ''))}
            choices={choices}
            action="Make the strategy"
            save={save}
            saved={done}
          />
        )
      }
    </Asked>
  );
}
