import { Alert, Button, Group } from '@mantine/core';

interface FormEndProps {
  action: string;
  isBusy: boolean;
  problem?: string | undefined;
}

/** Under every form: what was refused of the whole, and the one button. */
export function FormEnd({ action, isBusy, problem }: FormEndProps) {
  return (
    <>
      {problem !== undefined && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      <Group>
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
      </Group>
    </>
  );
}
