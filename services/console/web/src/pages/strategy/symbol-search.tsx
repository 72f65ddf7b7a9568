import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/client.ts';
import { problemText } from '../../api/problem.ts';

interface SymbolSearchProps extends Pick<AutocompleteProps, 'error' | 'onBlur' | 'onFocus'> {
  accountId: number | null;
  exchange: string;
  value?: string;
  onChange?: (value: string) => void;
}

const mostShown = 20;

/** OpenAlgo's name of what is traded, searched for in its own list. */
export function SymbolSearch({ accountId, exchange, value = '', ...rest }: SymbolSearchProps) {
  const [query] = useDebouncedValue(value.trim(), 300);
  const found = useQuery({
    queryKey: ['symbols', accountId, exchange, query],
    queryFn: async () =>
      await dataIn(
        await client.accounts[':id'].search.$get({
          param: { id: String(accountId) },
          query: { query, exchange: exchange as 'NSE' },
        }),
      ),
    enabled: accountId !== null && query.length >= 2,
    staleTime: 60_000,
    retry: false,
  });
  const lots = found.data?.find(({ symbol }) => symbol === value)?.lot_size;
  const description =
    found.error === null
      ? lotWords(lots ?? null)
      : `It cannot be searched for now: ${problemText(found.error)}`;
  const symbols = new Set((found.data ?? []).map(({ symbol }) => symbol));
  return (
    <Autocomplete
      label="Symbol, as OpenAlgo names it"
      description={description}
      data={[...symbols].slice(0, mostShown)}
      filter={({ options }) => options}
      value={value}
      {...rest}
    />
  );
}

function lotWords(lots: number | null): string {
  if (lots === null || lots <= 1) return 'SBIN, NIFTY28OCT25FUT: type two letters to search';
  return `Traded in lots of ${lots}`;
}
