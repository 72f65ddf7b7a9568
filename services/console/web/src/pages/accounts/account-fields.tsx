import { Checkbox, PasswordInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';

export interface AccountValues extends Record<string, unknown> {
  name: string;
  base_url: string;
  api_key: string;
  trades_elsewhere: boolean;
  order_rate: string;
  smart_order_rate: string;
}

interface AccountFieldsProps {
  form: UseFormReturnType<AccountValues>;
  isNew: boolean;
}

export function AccountFields({ form, isNew }: AccountFieldsProps) {
  const field = (name: keyof AccountValues & string) => form.getInputProps(name);
  return (
    <>
      <TextInput label="Name" required {...field('name')} />
      <TextInput
        label="Where OpenAlgo is"
        placeholder="http://127.0.0.1:5000"
        required
        {...field('base_url')}
      />
      <PasswordInput
        label={isNew ? 'API key of OpenAlgo' : 'Another API key (empty: it stays)'}
        description="OpenAlgo shows it under API Key. It is stored encrypted and never shown again."
        required={isNew}
        autoComplete="off"
        {...field('api_key')}
      />
      <Checkbox
        label="This broker account is also traded by hand or by another program"
        description="Then an order whose fate is unknown is never settled by likeness: you are asked."
        {...form.getInputProps('trades_elsewhere', { type: 'checkbox' })}
      />
      <TextInput
        label="Orders (empty: the usual rate)"
        placeholder="10 per second; 40 per minute"
        {...field('order_rate')}
      />
      <TextInput
        label="Smart orders (empty: the usual rate)"
        placeholder="1 per second"
        {...field('smart_order_rate')}
      />
    </>
  );
}

/** As the API takes it: what is empty is null. */
export function accountJson(values: AccountValues) {
  const { name, base_url, trades_elsewhere } = values;
  const order_rate = values.order_rate.trim() || null;
  const smart_order_rate = values.smart_order_rate.trim() || null;
  return { name, base_url, trades_elsewhere, order_rate, smart_order_rate };
}
