import { Alert, Card, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { todayQuery } from '../../api/queries.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { Page } from '../../parts/page.tsx';

/** How senders on the Internet reach a gateway that listens on this machine only. */
export function Reach() {
  const { data: today } = useQuery(todayQuery);
  const at = URL.parse(today?.public_url ?? '');
  const isHere = at !== null && ['127.0.0.1', 'localhost'].includes(at.hostname);
  const port = isHere ? at.port : '8080';
  return (
    <Page title="Let TradingView reach you">
      <Text>
        Webhooks go to <strong>{today?.public_url}</strong>. TradingView calls ports 80 and 443
        only, by IPv4. Only the ingress is to be reached; this console stays on this machine.
      </Text>
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            A tunnel, for trying it out
          </Title>
          <CopyText
            label="In a shell on this machine"
            text={`cloudflared tunnel --url http://127.0.0.1:${port}`}
            hint="It prints an https address that leads to the ingress and to nothing else. ngrok http does the same."
          />
          <CopyText
            label="In .env, with the address that it printed; then start again"
            text="PUBLIC_URL=https://your-tunnel.example"
          />
        </Stack>
      </Card>
      <Card withBorder>
        <Stack>
          <Title order={2} size="h4">
            A server of your own
          </Title>
          <List size="sm">
            <List.Item>Give it a name, and let that name lead to the server.</List.Item>
            <List.Item>
              Run the containers (docker compose), with a proxy that has a certificate in front of
              the ingress: README, Containers.
            </List.Item>
            <List.Item>Set PUBLIC_URL to that name and start again.</List.Item>
          </List>
        </Stack>
      </Card>
      <Alert color="blue">
        <Text size="sm">
          A tunnel's address changes when it is started again: paste the new one into every alert.
          Let strategies take calls from TradingView's addresses only (Limits, days and senders).
        </Text>
      </Alert>
    </Page>
  );
}
