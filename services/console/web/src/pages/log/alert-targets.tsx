import { Alert, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/client.ts';
import { alertTargetsQuery } from '../../api/queries.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { Asked } from '../../parts/asked.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { MayAdmin } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';

interface Target {
  target: string;
  failures: number;
  next_at: string | null;
  last_sent_at: string | null;
  undelivered: number;
  error: string | null;
}

/** Who is told when something needs a person, whether that arrives, and how one is added. */
export function AlertTargets() {
  const query = useQuery(alertTargetsQuery);
  return (
    <Page
      title="Alert targets"
      actions={
        <MayAdmin>
          <SendTest />
        </MayAdmin>
      }
    >
      <Text size="sm">
        Every alert is on the page <Go to="/alerts">Alerts</Go>; the targets are told besides.
      </Text>
      <Asked query={query}>
        {(targets) => (targets.length === 0 ? <NobodyIsTold /> : <Targets targets={targets} />)}
      </Asked>
      <HowTo />
    </Page>
  );
}

function SendTest() {
  const change = useChange({
    call: async () => await dataIn(await client.alerts.test.$post()),
    touches: [['alerts'], ['alert-targets']],
    done: () => tellDone('A test alert is on its way to every target'),
  });
  return (
    <Button loading={change.isPending} onClick={() => change.mutate(undefined)}>
      Send a test alert
    </Button>
  );
}

function NobodyIsTold() {
  return (
    <Alert color="orange" title="Nobody is told">
      <Text size="sm">
        No target is configured, or no scheduler runs: a stuck exit is seen by whoever looks here,
        and by nobody else.
      </Text>
    </Alert>
  );
}

function Targets({ targets }: { targets: readonly Target[] }) {
  return (
    <>
      {targets.map((one) => (
        <Card withBorder key={one.target} component="article" aria-label={one.target}>
          <Group justify="space-between" mb="sm">
            <Title order={2} size="h4">
              {one.target}
            </Title>
            <StateBadge state={one.failures > 0 ? 'failing' : 'ready'} />
          </Group>
          <Facts
            facts={{
              'Last message that arrived': <When at={one.last_sent_at} />,
              'Failures in a row': one.failures,
              'Alerts that have not arrived': one.undelivered,
              'What was said': one.error,
              'Tried again': one.next_at && <When at={one.next_at} />,
            }}
          />
        </Card>
      ))}
    </>
  );
}

const telegram =
  'TELEGRAM_BOT_TOKEN=123456789:the-token-of-your-bot\nTELEGRAM_CHAT_ID=-1001234567890';
const webhook =
  'ALERT_WEBHOOK_URL=https://alerts.example.com/orderlane\nALERT_WEBHOOK_SECRET=a-secret-of-your-own';

const email =
  'SMTP_URL=smtp://user:password@mail.example.com:587\nALERT_EMAIL_FROM=orderlane@example.com\nALERT_EMAIL_TO=you@example.com';

function HowTo() {
  return (
    <Card withBorder>
      <Stack>
        <Title order={2} size="h4">
          Add a target
        </Title>
        <Text size="sm">
          In .env of the scheduler, which starts again to read it. They are not kept in the
          database: that it is away is one of the things to be told.
        </Text>
        <CopyText
          label="Telegram"
          text={telegram}
          hint="A bot from @BotFather, and the chat that it writes to."
        />
        <CopyText
          label="A program of yours"
          text={webhook}
          hint="Each message is posted as JSON; the secret signs it."
        />
        <CopyText
          label="E-mail"
          text={email}
          hint="Each message to every address. smtps:// speaks TLS from the start; smtp:// asks for it, and SMTP_TLS says whether it must be there. A container takes the address, which holds the password, from a file: SMTP_URL_FILE."
        />
      </Stack>
    </Card>
  );
}
