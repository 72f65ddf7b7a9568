import { randomUUID } from 'node:crypto';

/** Unguessable, and nothing about when it was made: whoever knows it may trade. */
export function newWebhookId(): string {
  return randomUUID();
}
