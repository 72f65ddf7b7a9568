import { Select, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { scanActionOf } from '@orderlane/domain/scan-action';
import { useState } from 'react';
import type { StrategyForm } from '../../api/types.ts';
import type { StrategyValues } from './strategy-values.ts';

interface ScanNameProps {
  form: UseFormReturnType<StrategyValues>;
  choices: StrategyForm;
}

/** Either every scan means the same, or its name says what it means: what will this name do? */
export function ScanName({ form, choices }: ScanNameProps) {
  const [name, setName] = useState('');
  const { chartink_action: stated } = form.getValues();
  return (
    <>
      <Select
        label="What its scans mean"
        data={[
          { value: '', label: 'The name of the scan says it' },
          ...choices.chartink_actions.map((action) => ({ value: action, label: action })),
        ]}
        allowDeselect={false}
        {...form.getInputProps('chartink_action')}
      />
      {stated === '' && (
        <>
          <TextInput
            label="Try a scan name"
            placeholder="Morning breakout BUY"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {name.trim() !== '' && (
            <Text size="sm" role="status">
              {scanWords(name)}
            </Text>
          )}
        </>
      )}
    </>
  );
}

const actionWords = {
  BUY: 'enter long (BUY)',
  SELL: 'exit long (SELL)',
  SHORT: 'enter short (SHORT)',
  COVER: 'exit short (COVER)',
};

/** `This scan name will: enter long (BUY)` */
function scanWords(name: string): string {
  const found = scanActionOf(name);
  return found.ok
    ? `This scan name will: ${actionWords[found.action]}`
    : `This scan name will be refused: ${found.refusal.text}`;
}
