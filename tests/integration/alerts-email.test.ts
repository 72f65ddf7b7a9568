import { raiseAlert } from '@orderlane/db/alerts';
import { parseConfig } from '@orderlane/runtime/config';
import { redactLine } from '@orderlane/runtime/redact-line';
import type { AlertMessage } from '@orderlane/scheduler/alerts/alert-target';
import { createEmailTarget, type Mailbox } from '@orderlane/scheduler/alerts/email-target';
import { sendAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { configSchema } from '@orderlane/scheduler/config';
import { expect, it } from 'vitest';
import { makeSender } from '../support/alerts.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { mailPassword, startMailServer } from '../support/mail-server.ts';
import { createSelfSigned } from '../support/self-signed.ts';

const message: AlertMessage = {
  code: 'rejected',
  text: 'rejected: no funds\r\nBcc: thief@example.com',
  cure: 'Look',
  alerts: [],
};

function mailTo(port: number, changes: Partial<Mailbox> = {}) {
  return createEmailTarget({
    smtpUrl: `smtp://ops:${encodeURIComponent(mailPassword)}@127.0.0.1:${port}`,
    tls: 'if-offered',
    from: 'orderlane@example.com',
    to: ['asha@example.com', 'ravi@example.com'],
    timeoutMs: 5000,
    ...changes,
  });
}

it('each of the people gets a plain text that says what happened and what to do', async () => {
  await using parts = await freshParts();
  await using server = await startMailServer({ hideSTARTTLS: true });
  const text = 'SELL all of SBIN (Swing): no funds, "apikey":"key-0123"';
  await raiseAlert(parts.db, { code: 'rejected', subject: 'Swing SBIN', text });
  const { deps, failures } = makeSender(parts.db);
  await sendAlerts(deps, mailTo(server.port));
  await sendAlerts(deps, mailTo(server.port));
  expect(failures).toEqual([]);
  expect(server.mails).toMatchObject([
    { from: 'orderlane@example.com', to: ['asha@example.com', 'ravi@example.com'] },
  ]);
  const source = server.mails[0]?.source ?? '';
  expect(source).toMatch(/^Subject: =\?UTF-8\?Q\?=5BOrderlane=5D_rejected=3A_SELL_all_of/m);
  expect(source).toMatch(/^Content-Type: text\/plain/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated/im);
  expect(source).toContain('What to do:');
  expect(source).not.toContain('key-0123');
});

it('what a signal says becomes no header', async () => {
  await using server = await startMailServer({ hideSTARTTLS: true });
  expect(await mailTo(server.port).send(message)).toEqual({ kind: 'sent' });
  const [headers = ''] = (server.mails[0]?.source ?? '').split('\r\n\r\n');
  expect(headers).not.toMatch(/^bcc:/im);
  expect(server.mails[0]?.to).toEqual(['asha@example.com', 'ravi@example.com']);
});

it('a server without TLS gets no password unless that was allowed', async () => {
  let asked = 0;
  await using server = await startMailServer({
    hideSTARTTLS: true,
    onAuth: (_auth, _session, done) => {
      asked += 1;
      done(null, { user: 'ops' });
    },
  });
  const sending = await mailTo(server.port, { tls: 'required' }).send(message);
  expect(sending).toMatchObject({ kind: 'failed', isRefused: false });
  expect(asked).toBe(0);
  expect(await mailTo(server.port).send(message)).toEqual({ kind: 'sent' });
});

it('a certificate that nobody vouches for gets no password', async () => {
  await using server = await startMailServer({ secure: true, ...createSelfSigned() });
  const smtpUrl = `smtps://ops:${encodeURIComponent(mailPassword)}@127.0.0.1:${server.port}`;
  expect(await mailTo(0, { smtpUrl }).send(message)).toMatchObject({ kind: 'failed' });
  expect(server.mails).toEqual([]);
});

it('a failure is named without password, user or address', async () => {
  await using server = await startMailServer({ hideSTARTTLS: true });
  const smtpUrl = `smtp://ops:wrong-password@127.0.0.1:${server.port}`;
  expect(await mailTo(0, { smtpUrl }).send(message)).toEqual({
    kind: 'failed',
    error: 'EAUTH SMTP 535',
    isRefused: false,
    retryAfterMs: 0,
  });
  expect(redactLine(`cannot reach ${smtpUrl}`)).not.toContain('wrong-password');
});

it('a server that takes offence at the text says so, and the others go on', async () => {
  await using server = await startMailServer({
    hideSTARTTLS: true,
    onData: (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(Object.assign(new Error('spam'), { responseCode: 554 })));
    },
  });
  expect(await mailTo(server.port).send(message)).toMatchObject({
    kind: 'failed',
    isRefused: true,
  });
});

it('half of a mailbox is refused at the start', () => {
  const env = {
    DATABASE_URL: 'postgres://x@127.0.0.1/x',
    REDIS_URL: 'redis://127.0.0.1',
    ORDERLANE_SECRET_KEY: 'a secret key of the tests, 32 chars or more',
  };
  const parse = (more: Record<string, string>) => () =>
    parseConfig(configSchema, { ...env, ...more });
  expect(parse({ SMTP_URL: 'smtp://u:secret@host' })).toThrow(
    /ALERT_EMAIL_FROM[\s\S]*ALERT_EMAIL_TO/,
  );
  expect(parse({ ALERT_EMAIL_TO: 'a@example.com' })).toThrow(/SMTP_URL is missing/);
});
