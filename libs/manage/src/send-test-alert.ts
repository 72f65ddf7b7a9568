import { raiseAlert } from '@orderlane/db/alerts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** Raises an alert that says nothing but that alerts arrive; each time one of its own. */
export async function sendTestAlert(manager: Manager, at: Temporal.Instant): Promise<void> {
  const { db, who } = manager;
  const subject = `test ${at.toString()}`;
  const text = `A test by ${who}: alerts arrive here`;
  await raiseAlert(db, { code: 'test_alert', subject, text });
  await recordChange(manager, { what: 'alerts.test', subject: 'alerts' });
}
