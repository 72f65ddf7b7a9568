import { Alert, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { accountFormQuery } from '../../api/queries.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Page } from '../../parts/page.tsx';
import { AccountFields, type AccountValues, accountJson } from './account-fields.tsx';

export function NewAccount() {
  const navigate = useNavigate();
  return (
    <Page title="New account">
      <NewAccountForm done={(id) => void navigate({ to: `/accounts/${id}` })} />
    </Page>
  );
}

/** Its OpenAlgo is asked before anything is stored. */
export function NewAccountForm({ done }: { done: (id: number) => void }) {
  const query = useQuery(accountFormQuery);
  return (
    <Asked query={query}>
      {({ base_url, egress }) => <Fields baseUrl={base_url ?? ''} egress={egress} done={done} />}
    </Asked>
  );
}

interface FieldsProps {
  baseUrl: string;
  egress: string;
  done: (id: number) => void;
}

function Fields({ baseUrl, egress, done }: FieldsProps) {
  const [problem, setProblem] = useState<string>();
  const form = useForm<AccountValues>({
    initialValues: {
      name: '',
      base_url: baseUrl,
      api_key: '',
      trades_elsewhere: true,
      order_rate: '',
      smart_order_rate: '',
    },
  });
  const change = useChange({
    call: async (values: AccountValues) => {
      const json = { ...accountJson(values), api_key: values.api_key };
      return await dataIn(await client.accounts.new.$post({ json }));
    },
    touches: [['accounts'], ['strategy-form'], ['brakes']],
    done: ({ id, broker, mode, latency_ms }) => {
      tellDone(
        `OpenAlgo answered in ${Math.round(latency_ms)} ms: ${broker}, ${mode ?? 'no mode'}`,
      );
      done(id);
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack maw={520}>
        <AccountFields form={form} isNew />
        <Alert color="blue">
          <Text size="sm">{egress}</Text>
        </Alert>
        <FormEnd action="Test and add" isBusy={change.isPending} problem={problem} />
      </Stack>
    </form>
  );
}
