import { notifications } from '@mantine/notifications';
import { type QueryKey, useMutation } from '@tanstack/react-query';
import { problemText } from './problem.ts';
import { queryClient } from './query-client.ts';

interface Change<Given, Answer> {
  call: (given: Given) => Promise<Answer>;
  /** What is read anew once it is done. */
  touches: readonly QueryKey[];
  done?: (answer: Answer, given: Given) => void;
  /** Takes the refusal itself, to show it at its field; left out: a notification. */
  failed?: (error: unknown) => void;
}

/** One change by a person: done or refused, never silently lost. */
export function useChange<Given, Answer>({ call, touches, done, failed }: Change<Given, Answer>) {
  return useMutation({
    mutationFn: call,
    onSuccess: async (answer, given) => {
      done?.(answer, given);
      await Promise.all(touches.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
    onError: failed ?? tellProblem,
  });
}

export function tellProblem(error: unknown): void {
  notifications.show({
    color: 'red',
    title: 'Not done',
    message: problemText(error),
    autoClose: 10_000,
  });
}

export function tellDone(message: string): void {
  notifications.show({ color: 'teal', message });
}
