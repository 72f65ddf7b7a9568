import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { problemText } from '../api/problem.ts';

interface ConfirmProps {
  title: string;
  /** What it will do, in the words of the button. */
  action: string;
  isOpen: boolean;
  close: () => void;
  /** What happened when it was refused is shown here, and nothing typed is lost. */
  act: () => Promise<unknown>;
  /** To be typed, word by word. */
  sentence?: string | undefined;
  color?: string;
  children?: ReactNode;
}

/** Asks before what cannot be taken back. */
export function Confirm(props: ConfirmProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.close} title={props.title} size="lg">
      {props.isOpen && <ConfirmBody {...props} />}
    </Modal>
  );
}

function ConfirmBody({ action, close, act, sentence, color = 'red', children }: ConfirmProps) {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const isSaid = sentence === undefined || typed.trim().toLowerCase() === sentence.toLowerCase();
  const go = async () => {
    setBusy(true);
    setProblem(undefined);
    await act().then(close, (error: unknown) => setProblem(problemText(error)));
    setBusy(false);
  };
  return (
    <Stack>
      {children}
      {sentence !== undefined && (
        <TextInput
          label={
            <Text span size="sm">
              Type <strong>{sentence}</strong> to confirm
            </Text>
          }
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
      {problem !== undefined && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button color={color} disabled={!isSaid} loading={isBusy} onClick={() => void go()}>
          {action}
        </Button>
      </Group>
    </Stack>
  );
}
