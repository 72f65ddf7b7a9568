import { Group, Radio, Select, Stack, Switch, TextInput } from '@mantine/core';
import { TimeInput } from '@mantine/dates';
import type { UseFormReturnType } from '@mantine/form';
import type { StrategyForm } from '../../api/types.ts';
import { DayTimeline } from './day-timeline.tsx';
import { ScanName } from './scan-name.tsx';
import type { StrategyValues } from './strategy-values.ts';

interface StrategyFieldsProps {
  form: UseFormReturnType<StrategyValues>;
  choices: StrategyForm;
}

/** What every strategy has; limits and the like are apart. */
export function StrategyFields({ form, choices }: StrategyFieldsProps) {
  const { platform } = form.getValues();
  return (
    <>
      <TextInput
        label="Name"
        description="Letters, numbers, spaces, hyphens and underscores. OpenAlgo shows it at each order."
        required
        {...form.getInputProps('name')}
      />
      <Group grow align="start">
        <Select
          label="Account"
          data={choices.accounts.map(({ id, name }) => ({ value: String(id), label: name }))}
          allowDeselect={false}
          required
          {...form.getInputProps('account_id')}
        />
        <Select
          label="Signals come from"
          data={choices.platforms}
          allowDeselect={false}
          {...form.getInputProps('platform')}
        />
      </Group>
      <TradingMode form={form} choices={choices} />
      {platform === 'chartink' && <ScanName form={form} choices={choices} />}
      <Radio.Group label={choices.question} {...form.getInputProps('position_scope')}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="strategy"
            label="Yes, or perhaps"
            description="Exits close what this strategy itself bought or sold, nothing else."
          />
          <Radio
            value="account"
            label="No, never"
            description="Exits close the account's whole position in the symbol, as OpenAlgo does."
          />
        </Stack>
      </Radio.Group>
      <Times form={form} choices={choices} />
    </>
  );
}

const modeWords: Record<string, string> = {
  LONG: 'LONG: buys to enter, sells to exit',
  SHORT: 'SHORT: sells to enter, buys to exit',
  BOTH: 'BOTH: long and short, by position_size',
};

function TradingMode({ form, choices }: StrategyFieldsProps) {
  const isChartink = form.getValues().platform === 'chartink';
  const modes = choices.trading_modes.map((mode) => ({
    value: mode,
    label: modeWords[mode] ?? mode,
  }));
  return (
    <Select
      label="Trading mode"
      data={
        isChartink
          ? [{ value: '', label: 'By the scan: its name says the action' }, ...modes]
          : modes
      }
      allowDeselect={false}
      {...form.getInputProps('trading_mode')}
    />
  );
}

function Times({ form, choices }: StrategyFieldsProps) {
  const values = form.getValues();
  return (
    <>
      <Switch
        label="Intraday: it is squared off every day"
        {...form.getInputProps('is_intraday', { type: 'checkbox' })}
      />
      {values.is_intraday && (
        <>
          <Group grow align="start">
            <TimeInput label="Entries from" {...form.getInputProps('start_time')} />
            <TimeInput label="Entries until" {...form.getInputProps('end_time')} />
            <TimeInput label="Square-off at" {...form.getInputProps('squareoff_time')} />
          </Group>
          <DayTimeline
            start={values.start_time}
            end={values.end_time}
            squareoff={values.squareoff_time}
            exchanges={choices.exchanges.filter(({ exchange }) => exchange === 'NSE')}
          />
        </>
      )}
    </>
  );
}
