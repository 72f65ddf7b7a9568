import type { UseFormReturnType } from '@mantine/form';
import { problemsByField } from './problem.ts';

/**
 * Shows what was refused at its fields; nothing typed is lost.
 * @returns what belongs to no field of the form
 */
export function showProblems<Values extends Record<string, unknown>>(
  form: UseFormReturnType<Values>,
  error: unknown,
): string | undefined {
  const { form: rest, ...named } = problemsByField(error, Object.keys(form.getValues()));
  form.setErrors(named);
  return rest;
}
