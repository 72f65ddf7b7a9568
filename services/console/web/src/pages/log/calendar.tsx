import { Button, Card, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { calendarQuery } from '../../api/queries.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { useMay } from '../../api/use-may.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { MayAdmin } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';

interface Line {
  date: string;
  exchange: string;
  hours: string;
  note: string | null;
  source: 'built_in' | 'openalgo' | 'own';
}

const sources = { built_in: 'built in', openalgo: 'OpenAlgo', own: 'entered here' };

/** Days that are not like the others. */
export function Calendar() {
  const query = useQuery(calendarQuery);
  const { admin } = useMay();
  return (
    <Page title="Calendar">
      <Text size="sm">
        A weekday that is not named is a day of trading. On a holiday entries of intraday strategies
        are refused; exits never are.
      </Text>
      <MayAdmin>
        <AddDay />
      </MayAdmin>
      <Asked query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title="No holidays ahead are known">
              OpenAlgo is asked for them twice a day.
            </Nothing>
          ) : (
            <PlainTable
              label="Days"
              rows={joined(rows)}
              columns={admin ? [...columns, remove] : columns}
              keyOf={({ date, exchange }) => `${date} ${exchange}`}
            />
          )
        }
      </Asked>
    </Page>
  );
}

/** Exchanges that have the same hours on a day for the same reason share a line. */
function joined(lines: readonly Line[]): Line[] {
  const alike = Map.groupBy(lines, ({ date, hours, note, source }) =>
    JSON.stringify([date, hours, note, source]),
  );
  return [...alike.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    return [{ ...first, exchange: [first, ...rest].map(({ exchange }) => exchange).join(',') }];
  });
}

const columns: readonly PlainColumn<Line>[] = [
  { title: 'Date', show: ({ date }) => date },
  { title: 'Exchanges', show: ({ exchange }) => exchange.replaceAll(',', ', ') },
  { title: 'Hours', show: ({ hours }) => hours },
  { title: 'Note', show: ({ note }) => note },
  { title: 'From', show: ({ source }) => sources[source] },
];

const remove: PlainColumn<Line> = {
  title: 'Take away',
  show: (line) => (line.source === 'own' ? <Remove line={line} /> : '–'),
};

function Remove({ line: { date, exchange } }: { line: Line }) {
  const change = useChange({
    call: async () =>
      await dataIn(await client.calendar.delete.$post({ json: { date, exchanges: exchange } })),
    touches: [['calendar']],
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => change.mutate(undefined)}
      aria-label={`Take ${date} of ${exchange} away`}
    >
      Take away
    </Button>
  );
}

interface Day {
  date: string | null;
  exchanges: string;
  hours: string;
  note: string;
}

function AddDay() {
  const [problem, setProblem] = useState<string>();
  const form = useForm<Day & Record<string, unknown>>({
    initialValues: { date: null, exchanges: 'NSE,BSE,NFO,BFO', hours: 'closed', note: '' },
  });
  const change = useChange({
    call: async ({ date, exchanges, hours, note }: Day) => {
      const json = { date: date ?? '', exchanges, hours, note: note.trim() || null };
      return await dataIn(await client.calendar.add.$post({ json }));
    },
    touches: [['calendar']],
    done: () => {
      setProblem(undefined);
      tellDone('It goes before what OpenAlgo says');
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <Card withBorder component="section">
      <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <Stack>
          <Title order={2} size="h4">
            Enter a day
          </Title>
          <Group align="start">
            <DateInput label="Date" valueFormat="YYYY-MM-DD" {...form.getInputProps('date')} />
            <TextInput label="Exchanges" {...form.getInputProps('exchanges')} />
            <TextInput label="Hours, or closed" {...form.getInputProps('hours')} />
            <TextInput label="Note" {...form.getInputProps('note')} />
          </Group>
          <FormEnd action="Enter it" isBusy={change.isPending} problem={problem} />
        </Stack>
      </form>
    </Card>
  );
}
