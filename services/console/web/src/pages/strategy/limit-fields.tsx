import { Accordion, Checkbox, Group, NumberInput, Stack, TagsInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { StrategyForm } from '../../api/types.ts';
import type { StrategyValues } from './strategy-values.ts';

interface LimitFieldsProps {
  form: UseFormReturnType<StrategyValues>;
  choices: StrategyForm;
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What bounds a strategy; each has a usual value. */
export function LimitFields({ form, choices }: LimitFieldsProps) {
  return (
    <Accordion variant="contained">
      <Accordion.Item value="limits">
        <Accordion.Control>Limits, days and senders</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            <Counts form={form} />
            <Checkbox.Group
              label="Entries on these days only (none: all)"
              {...form.getInputProps('trading_days')}
            >
              <Group gap="sm" mt="xs">
                {days.map((day, index) => (
                  <Checkbox key={day} value={String(index + 1)} label={day} />
                ))}
              </Group>
            </Checkbox.Group>
            <Checkbox
              label="One entry for each symbol and day"
              {...form.getInputProps('once_a_day', { type: 'checkbox' })}
            />
            <TagsInput
              label="Only these addresses may call its webhook (none: any)"
              description={`Addresses, networks, or ${Object.keys(choices.source_lists).join(', ')}`}
              data={Object.keys(choices.source_lists)}
              {...form.getInputProps('allowed_sources')}
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Counts({ form }: Pick<LimitFieldsProps, 'form'>) {
  const number = (name: keyof StrategyValues & string) => form.getInputProps(name);
  return (
    <>
      <Group grow align="start">
        <NumberInput label="Entries a day, at most" {...number('max_orders_per_day')} />
        <NumberInput
          label="Entries per symbol while one is held"
          description="Empty: 1 for chartink and amibroker, else any"
          {...number('max_entries')}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label="Largest quantity"
          description="Empty: ten times the mapping's"
          {...number('max_quantity')}
        />
        <NumberInput
          label="An entry is too old after (seconds)"
          description="Empty: as configured"
          {...number('entry_max_age_s')}
        />
      </Group>
      <NumberInput
        label="The same message again is a repetition within (seconds)"
        description="0: never. TradingView repeats by itself within 27 seconds."
        {...number('duplicate_window_s')}
      />
    </>
  );
}
