import { Checkbox, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { showProblems } from '../../api/field-problems.ts';
import { accountQuery } from '../../api/queries.ts';
import type { AccountDetail } from '../../api/types.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { Page } from '../../parts/page.tsx';
import { AccountFields, type AccountValues, accountJson } from './account-fields.tsx';

export function EditAccount() {
  const { id = '' }: { id?: string } = useParams({ strict: false });
  const query = useQuery({ ...accountQuery(id), refetchOnWindowFocus: false });
  return (
    <Page title="Edit the account">
      <Asked query={query}>{(account) => <EditForm key={account.id} account={account} />}</Asked>
    </Page>
  );
}

function EditForm({ account }: { account: AccountDetail }) {
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const [isSameBroker, setSameBroker] = useState(false);
  const form = useForm<AccountValues>({
    initialValues: {
      name: account.name,
      base_url: account.base_url,
      api_key: '',
      trades_elsewhere: account.trades_elsewhere,
      order_rate: account.order_rate ?? '',
      smart_order_rate: account.smart_order_rate ?? '',
    },
  });
  const change = useChange({
    call: async (values: AccountValues) => {
      const key = values.api_key === '' ? {} : { api_key: values.api_key };
      const json = { ...accountJson(values), ...key, same_broker: isSameBroker };
      const param = { id: String(account.id) };
      return await dataIn(await client.accounts[':id'].edit.$post({ param, json }));
    },
    touches: [['accounts'], ['brakes']],
    done: () => {
      tellDone('Saved');
      void navigate({ to: `/accounts/${account.id}` });
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Stack maw={520}>
        <AccountFields form={form} isNew={false} />
        {form.getValues().base_url !== account.base_url && (
          <Checkbox
            label="The other address leads to the same broker account"
            checked={isSameBroker}
            onChange={(event) => setSameBroker(event.currentTarget.checked)}
          />
        )}
        <FormEnd action="Save" isBusy={change.isPending} problem={problem} />
      </Stack>
    </form>
  );
}
