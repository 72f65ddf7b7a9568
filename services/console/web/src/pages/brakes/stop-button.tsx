import { Button, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { accountsQuery, strategiesQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import { tellDone } from '../../api/use-change.ts';
import { useMay } from '../../api/use-may.ts';
import { Confirm } from '../../parts/confirm.tsx';

type Strength = 'stop_entries' | 'halt' | 'flatten';

const strengths: { value: Strength; label: string; description: string }[] = [
  {
    value: 'stop_entries',
    label: 'Stop entries',
    description: 'Nothing new is opened. Exits and square-offs go on.',
  },
  {
    value: 'halt',
    label: 'Halt',
    description: 'Nothing is sent, exits included: they wait until it is released.',
  },
  {
    value: 'flatten',
    label: 'Flatten',
    description: 'Entries are void, and all that strategies hold there is closed at market, now.',
  },
];

/** The red button, on every page. */
export function StopButton() {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may.trade) return null;
  return (
    <>
      <Button color="red" size="compact-md" onClick={() => setOpen(true)}>
        Stop
      </Button>
      {isOpen && <StopForm mayAll={may.admin} close={() => setOpen(false)} />}
    </>
  );
}

function StopForm({ mayAll, close }: { mayAll: boolean; close: () => void }) {
  const places = usePlaces(mayAll);
  const [strength, setStrength] = useState<Strength>('stop_entries');
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  const place = places.find(({ value }) => value === (chosen ?? places[0]?.value));
  const sentence = sentenceOf(place, strength);
  const act = async () => {
    if (place === undefined) throw new Error('There is nothing to stop');
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    const json = { ...place.target, strength, ...why, ...(place.isAll && { sentence }) };
    await dataIn(await client.brakes.stop.$post({ json }));
    tellDone(`${place.label}: ${strength.replaceAll('_', ' ')}`);
    await queryClient.invalidateQueries();
  };
  return (
    <Confirm title="Stop" action="Stop now" isOpen close={close} act={act} sentence={sentence}>
      <Stack gap="sm">
        <Select
          label="What"
          data={places.map(({ value, label }) => ({ value, label }))}
          value={place?.value ?? null}
          onChange={(value) => setChosen(value ?? undefined)}
          allowDeselect={false}
          searchable
        />
        <Radio.Group
          label="How"
          value={strength}
          onChange={(value) => setStrength(value as Strength)}
        >
          <Stack gap="xs" mt={4}>
            {strengths.map((one) => (
              <Radio key={one.value} {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <TextInput
          label="Why (optional, for the audit log)"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
        />
        <Text size="xs" className="quiet">
          What was claimed a moment before may already be on its way.
        </Text>
      </Stack>
    </Confirm>
  );
}

interface Place {
  value: string;
  label: string;
  isAll: boolean;
  target: { scope: 'everything' | 'account' | 'strategy'; id?: number };
}

function usePlaces(mayAll: boolean): Place[] {
  const { data: accounts = [] } = useQuery(accountsQuery);
  const { data: strategies = [] } = useQuery(strategiesQuery);
  const one = (scope: 'account' | 'strategy', { id, name }: { id: number; name: string }) => ({
    value: `${scope}-${id}`,
    label: `${scope} ${name}`,
    isAll: false,
    target: { scope, id },
  });
  const everything: Place = {
    value: 'everything',
    label: 'everything',
    isAll: true,
    target: { scope: 'everything' },
  };
  return [
    ...(mayAll ? [everything] : []),
    ...accounts.map((account) => one('account', account)),
    ...strategies.map((strategy) => one('strategy', strategy)),
  ];
}

/** Everything asks for its sentence; flattening asks for its word, wherever. */
function sentenceOf(place: Place | undefined, strength: Strength): string | undefined {
  if (place?.isAll === true) return 'stop everything';
  return strength === 'flatten' ? 'flatten' : undefined;
}
