import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';

export function UserMenu() {
  const { data: me } = useQuery(meQuery);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm">
          {me?.name ?? '…'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me?.email}, {me?.role}
        </Menu.Label>
        <Menu.Item component={Link} to="/me">
          Password, second factor, sessions
        </Menu.Item>
        <Menu.Item component={Link} to="/keys">
          API keys
        </Menu.Item>
        <Menu.Item component={Link} to="/start">
          First steps
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function leave(): Promise<void> {
  await client['sign-out'].$post();
  window.location.assign('/sign-in');
}
