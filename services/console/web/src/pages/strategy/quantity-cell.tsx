import { Button, NumberInput, Tooltip } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { problemsByField } from '../../api/problem.ts';
import type { Mapping } from '../../api/types.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { mappingValues, saveMapping } from './save-mapping.ts';

interface QuantityCellProps {
  strategyId: number;
  mapping: Mapping;
}

/** How many a signal of this symbol trades: changed where it stands. */
export function QuantityCell(props: QuantityCellProps) {
  const [isOpen, setOpen] = useState(false);
  const { signal_symbol: name, quantity } = props.mapping;
  if (isOpen) return <QuantityInput {...props} close={() => setOpen(false)} />;
  const text = quantity === null ? "the signal's" : String(quantity);
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      onClick={() => setOpen(true)}
      aria-label={`Quantity of ${name}: ${text}, change it`}
    >
      {text}
    </Button>
  );
}

/** Enter or leaving it saves, Escape leaves it as it was; what is refused stays as it was typed. */
function QuantityInput({ strategyId, mapping, close }: QuantityCellProps & { close: () => void }) {
  const [quantity, setQuantity] = useState<number | string>(mapping.quantity ?? '');
  const change = useChange({
    call: async () => {
      const values = { ...mappingValues(mapping), quantity };
      return await saveMapping(strategyId, { mapping, values, held: 'keep' });
    },
    touches: [['strategy', String(strategyId)]],
    done: (warnings) => {
      tellDone(['Saved', ...warnings].join('. '));
      close();
    },
    failed: () => undefined,
  });
  const save = () => {
    if (change.isPending) return;
    if (quantity === (mapping.quantity ?? '')) close();
    else change.mutate(undefined);
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Enter') save();
    if (key === 'Escape') close();
  };
  const problems = change.error === null ? {} : problemsByField(change.error, ['quantity']);
  const problem = problems['quantity'] ?? problems['form'];
  return (
    <Tooltip label={problem} opened={problem !== undefined} color="red" multiline>
      <NumberInput
        size="xs"
        aria-label={`Quantity of ${mapping.signal_symbol}`}
        value={quantity}
        onChange={setQuantity}
        onBlur={save}
        onKeyDown={onKeyDown}
        error={problem !== undefined}
        aria-description={problem}
        hideControls
        autoFocus
      />
    </Tooltip>
  );
}
