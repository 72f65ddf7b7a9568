import { Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { checkMapping } from '@orderlane/domain/check-mapping';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { showProblems } from '../../api/field-problems.ts';
import { strategyFormQuery } from '../../api/queries.ts';
import type { Mapping, Strategy } from '../../api/types.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { type Held, HeldChoice } from '../../parts/held-choice.tsx';
import { type MappingValues, mappingValues, saveMapping } from './save-mapping.ts';
import { SymbolSearch } from './symbol-search.tsx';

interface MappingFormProps {
  strategy: Strategy;
  /** Left out: a new one. */
  mapping: Mapping | undefined;
  close: () => void;
}

/** One symbol, new or changed. */
export function MappingForm(props: MappingFormProps) {
  const title =
    props.mapping === undefined ? 'Add a symbol' : `Edit ${props.mapping.signal_symbol}`;
  return (
    <Modal opened onClose={props.close} title={title}>
      <Fields {...props} />
    </Modal>
  );
}

function Fields({ strategy, mapping, close }: MappingFormProps) {
  const [problem, setProblem] = useState<string>();
  const [held, setHeld] = useState<Held>('keep');
  const form = useForm<MappingValues>({
    initialValues: mapping === undefined ? newValues(strategy) : mappingValues(mapping),
    validate: problemsOf,
    validateInputOnChange: true,
  });
  const change = useChange({
    call: async (values: MappingValues) =>
      await saveMapping(strategy.id, { mapping, values, held }),
    touches: [['strategy', String(strategy.id)], ['positions']],
    done: (warnings) => {
      tellDone(['Saved', ...warnings].join('. '));
      close();
    },
    failed: (error) => setProblem(showProblems(form, error)),
  });
  return (
    <form onSubmit={form.onSubmit((given) => change.mutate(given))} noValidate>
      <Stack>
        <Inputs form={form} accountId={strategy.account_id} />
        {mapping !== undefined && <HeldChoice value={held} onChange={setHeld} />}
        <FormEnd action="Save" isBusy={change.isPending} problem={problem} />
      </Stack>
    </form>
  );
}

function newValues({ is_intraday: isIntraday }: Strategy): MappingValues {
  const product = isIntraday ? 'MIS' : 'CNC';
  return { signal_symbol: '', symbol: '', exchange: 'NSE', product, quantity: '', multiplier: '' };
}

interface InputsProps {
  form: UseFormReturnType<MappingValues>;
  accountId: number | null;
}

function Inputs({ form, accountId }: InputsProps) {
  const { data: choices } = useQuery(strategyFormQuery);
  const { exchange: chosen } = form.getValues();
  const exchange = choices?.exchanges.find((one) => one.exchange === chosen);
  return (
    <>
      <SymbolSearch accountId={accountId} exchange={chosen} {...form.getInputProps('symbol')} />
      <TextInput
        label="As the signal names it (empty: the same; *: every other)"
        {...form.getInputProps('signal_symbol')}
      />
      <Select
        label="Exchange"
        data={(choices?.exchanges ?? []).map((one) => one.exchange)}
        allowDeselect={false}
        {...form.getInputProps('exchange')}
      />
      <Select
        label="Product"
        data={exchange?.products ?? []}
        allowDeselect={false}
        {...form.getInputProps('product')}
      />
      <NumberInput label="Quantity (empty: the signal's own)" {...form.getInputProps('quantity')} />
      <NumberInput
        label="Units for one of the sender's contracts (optional)"
        {...form.getInputProps('multiplier')}
      />
    </>
  );
}

/** By the same rules as the console's; lot sizes it asks OpenAlgo for itself. */
function problemsOf(values: MappingValues): Record<string, string> {
  const count = (value: number | string) => (value === '' ? null : Number(value));
  const checked = checkMapping({
    signalSymbol: values.signal_symbol || values.symbol,
    symbol: values.symbol || values.signal_symbol,
    exchange: values.exchange,
    product: values.product,
    quantity: count(values.quantity),
    multiplier: count(values.multiplier),
  });
  if (checked.ok) return {};
  const names: Record<string, string> = { signalSymbol: 'signal_symbol' };
  return Object.fromEntries(checked.issues.map(({ field, text }) => [names[field] ?? field, text]));
}
