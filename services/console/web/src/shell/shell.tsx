import { AppShell, Badge, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useMay } from '../api/use-may.ts';
import { useStream } from '../live/use-stream.ts';
import { StopButton } from '../pages/brakes/stop-button.tsx';
import { useNeeds } from '../pages/needs-you/use-needs.ts';
import { LiveState, LostStream } from './live-state.tsx';
import { ModeBanner } from './mode-banner.tsx';
import { placesFor } from './places.ts';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SessionEnded } from './session-ended.tsx';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page: where one is, whether it is live, and the way to stop everything. */
export function Shell() {
  const [isOpen, menu] = useDisclosure(false);
  const stream = useStream();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a href="#page" className="skip">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="sm" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
            />
            <Text fw={700}>Orderlane</Text>
            <LiveState state={stream} />
          </Group>
          <Group gap={6} wrap="nowrap">
            <StopButton />
            <SchemeToggle />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component={ScrollArea}>
        <Places close={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1}>
        <LostStream state={stream} />
        <ModeBanner />
        <Outlet />
      </AppShell.Main>
      <SessionEnded />
    </AppShell>
  );
}

function Places({ close }: { close: () => void }) {
  const may = useMay();
  const { count: needs } = useNeeds();
  const { pathname } = useLocation();
  return (
    <nav aria-label="Pages">
      {placesFor(may).map(({ to, title }) => (
        <NavLink
          key={to}
          component={Link}
          to={to}
          label={title}
          rightSection={
            to === '/needs-you' && needs > 0 ? <Badge color="red">{needs}</Badge> : null
          }
          onClick={close}
          active={pathname === to || (to !== '/' && pathname.startsWith(`${to}/`))}
        />
      ))}
      {may.admin && <NavLink href="/queues" label="Queues" />}
      <NavLink href="/docs" label="API" />
    </nav>
  );
}
