import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { problemsByField } from '../../api/problem.ts';
import type { StrategyForm } from '../../api/types.ts';
import { useChange } from '../../api/use-change.ts';
import { FormEnd } from '../../parts/form-end.tsx';
import { LimitFields } from './limit-fields.tsx';
import { StrategyFields } from './strategy-fields.tsx';
import { problemsOf, renamed, type StrategyValues } from './strategy-values.ts';

interface StrategyFormProps<Saved> {
  initial: StrategyValues;
  choices: StrategyForm;
  action: string;
  save: (values: StrategyValues) => Promise<Saved>;
  saved: (answer: Saved) => void;
  /** Asked besides, right above the button. */
  children?: ReactNode;
}

/** A strategy's form; it says what is wrong while it is typed, and loses nothing when refused. */
export function StrategyFormView<Saved>(props: StrategyFormProps<Saved>) {
  const { initial, choices, action, save, saved, children } = props;
  const [problem, setProblem] = useState<string>();
  const form = useForm<StrategyValues>({
    initialValues: initial,
    validate: problemsOf,
    onValuesChange: (values) => {
      // Not when a field is left: what moves then is the button that was about to be pressed.
      // What was found wrong goes as soon as it is right, and times are judged together.
      const found = problemsOf(values);
      const shown = Object.entries(form.errors).map(([name]) => [name, found[name]]);
      const touched = Object.keys(found).filter((name) => form.isTouched(name));
      form.setErrors({
        ...Object.fromEntries(shown),
        ...Object.fromEntries(touched.map((name) => [name, found[name]])),
      });
    },
  });
  const change = useChange({
    call: save,
    touches: [['strategies'], ['strategy'], ['today']],
    done: saved,
    failed: (error) => {
      const { form: rest, ...named } = problemsByField(error, [
        ...Object.keys(initial),
        'duplicate_window_ms',
        'entry_max_age_ms',
      ]);
      setProblem(rest);
      form.setErrors(
        Object.fromEntries(Object.entries(named).map(([field, text]) => [renamed(field), text])),
      );
    },
  });
  const submit = form.onSubmit((values) => {
    setProblem(undefined);
    change.mutate(values);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={680}>
        <StrategyFields form={form} choices={choices} />
        <LimitFields form={form} choices={choices} />
        {children}
        <FormEnd action={action} isBusy={change.isPending} problem={problem} />
      </Stack>
    </form>
  );
}
