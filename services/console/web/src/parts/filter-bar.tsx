import { Group, Select, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';

interface Choice {
  name: string;
  label: string;
  options?: readonly string[];
}

/** Filters that live in the address; an empty one is no filter. */
export function useFilter(): [Record<string, string>, (name: string, value: string) => void] {
  const search: Record<string, string> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = (name: string, value: string) => {
    const { [name]: _former, ...rest } = search;
    const next = value === '' ? rest : { ...rest, [name]: value };
    void navigate({ to: '.', search: next as never, replace: true });
  };
  return [search, set];
}

export function FilterBar({ choices }: { choices: readonly Choice[] }) {
  const [filter, set] = useFilter();
  return (
    <Group gap="xs">
      {choices.map(({ name, label, options }) =>
        options === undefined ? (
          <TextInput
            key={name}
            label={label}
            value={filter[name] ?? ''}
            onChange={(event) => set(name, event.currentTarget.value)}
            size="xs"
          />
        ) : (
          <Select
            key={name}
            label={label}
            data={options.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            value={filter[name] ?? null}
            onChange={(value) => set(name, value ?? '')}
            clearable
            size="xs"
          />
        ),
      )}
    </Group>
  );
}

/** Only these names of the address are a filter of this list. */
export function pick<Filter extends object>(
  search: Record<string, string>,
  names: readonly (keyof Filter & string)[],
): Filter {
  const set = names.filter((name) => (search[name] ?? '') !== '');
  return Object.fromEntries(set.map((name) => [name, search[name]])) as Filter;
}
