import { dataIn } from '@orderlane/console/client';
import { client } from '../../api/client.ts';
import type { Mapping } from '../../api/types.ts';
import type { Held } from '../../parts/held-choice.tsx';

export interface MappingValues extends Record<string, unknown> {
  signal_symbol: string;
  symbol: string;
  exchange: string;
  product: string;
  quantity: number | string;
  multiplier: number | string;
}

/** A mapping as its form has it. */
export function mappingValues(mapping: Mapping): MappingValues {
  const { signal_symbol, symbol, exchange, product, quantity, multiplier } = mapping;
  const counts = { quantity: quantity ?? '', multiplier: multiplier ?? '' };
  return { signal_symbol, symbol, exchange, product, ...counts };
}

interface MappingToSave {
  /** Left out: a new one. */
  mapping: Mapping | undefined;
  values: MappingValues;
  held: Held;
}

/** @returns what is doubtful of it */
export async function saveMapping(
  strategyId: number,
  { mapping, values, held }: MappingToSave,
): Promise<string[]> {
  const { signal_symbol, ...rest } = values;
  const json = { ...rest, ...(signal_symbol.trim() !== '' && { signal_symbol }) };
  const id = String(strategyId);
  if (mapping === undefined) {
    const added = await dataIn(await client.strategy[':id'].symbols.$post({ param: { id }, json }));
    return added.warnings.map(({ warning }) => warning);
  }
  const param = { id, mappingId: String(mapping.id) };
  const asked = { param, json: { ...json, held } };
  const saved = await dataIn(await client.strategy[':id'].symbols[':mappingId'].edit.$post(asked));
  return saved.warnings.map(({ warning }) => warning);
}
