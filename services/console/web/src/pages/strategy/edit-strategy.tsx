import { Checkbox, Stack } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { positionsQuery, strategyFormQuery, strategyQuery } from '../../api/queries.ts';
import type { Strategy, StrategyForm } from '../../api/types.ts';
import { tellDone } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { type Held, HeldChoice } from '../../parts/held-choice.tsx';
import { Page } from '../../parts/page.tsx';
import { StrategyFormView } from './strategy-form.tsx';
import { type StrategyValues, strategyJson, valuesOf } from './strategy-values.ts';

export function EditStrategy() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const strategy = useQuery({ ...strategyQuery(id), refetchOnWindowFocus: false });
  const choices = useQuery({ ...strategyFormQuery, refetchOnWindowFocus: false });
  return (
    <Page title="Edit the strategy">
      <Asked query={strategy}>
        {(found) => (
          <Asked query={choices}>
            {(form) => <Edit key={found.id} strategy={found} choices={form} />}
          </Asked>
        )}
      </Asked>
    </Page>
  );
}

function Edit({ strategy, choices }: { strategy: Strategy; choices: StrategyForm }) {
  const navigate = useNavigate();
  const [held, setHeld] = useState<Held>('keep');
  const [passed, setPassed] = useState<{ next: boolean; now: boolean }>({
    next: false,
    now: false,
  });
  const { data: positions = [] } = useQuery(positionsQuery);
  const isHeld = positions.some(({ strategy_id }) => strategy_id === strategy.id);
  const param = { id: String(strategy.id) };
  const save = async (values: StrategyValues) => {
    const said = { held, accept_passed: passed.next, square_off_now: passed.now };
    const json = { ...strategyJson(values), ...said };
    return await dataIn(await client.strategy[':id'].edit.$post({ param, json }));
  };
  const saved = ({ warnings }: { warnings: { warning: string }[] }) => {
    tellDone(['Saved', ...warnings.map(({ warning }) => warning)].join('. '));
    void navigate({ to: `/strategy/${strategy.id}` });
  };
  return (
    <StrategyFormView
      initial={valuesOf(strategy)}
      choices={choices}
      action="Save"
      save={save}
      saved={saved}
    >
      {isHeld && <HeldChoice value={held} onChange={setHeld} />}
      {strategy.is_intraday && (
        <Stack gap="xs">
          <Checkbox
            label="A square-off time that has passed today is meant from the next session on"
            checked={passed.next}
            onChange={(event) => setPassed({ next: event.currentTarget.checked, now: false })}
          />
          <Checkbox
            label="A square-off time that has passed today: square off now"
            checked={passed.now}
            onChange={(event) => setPassed({ next: false, now: event.currentTarget.checked })}
          />
        </Stack>
      )}
    </StrategyFormView>
  );
}
