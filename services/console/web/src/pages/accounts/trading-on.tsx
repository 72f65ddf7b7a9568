import { Alert, Button, Stack, Text } from '@mantine/core';
import { dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { AccountDetail } from '../../api/types.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';

interface TradingOnProps {
  account: AccountDetail;
  sentence: string;
}

/** A live account sends nothing before its owner says so, in words, once. */
export function TradingOn({ account, sentence }: TradingOnProps) {
  const [isOpen, setOpen] = useState(false);
  const act = async () => {
    const param = { id: String(account.id) };
    await dataIn(await client.accounts[':id']['trading-on'].$post({ param, json: { sentence } }));
    await queryClient.invalidateQueries();
  };
  return (
    <Alert color="orange" title="Trading is off">
      <Stack align="flex-start" gap="xs">
        <Text size="sm">
          This account trades real money. Nothing is sent to it until you say that it may.
        </Text>
        <MayTrade>
          <Button onClick={() => setOpen(true)}>Let it trade</Button>
        </MayTrade>
        <Confirm
          title={`Let "${account.name}" trade`}
          action="Let it trade"
          isOpen={isOpen}
          close={() => setOpen(false)}
          act={act}
          sentence={sentence}
        />
      </Stack>
    </Alert>
  );
}
