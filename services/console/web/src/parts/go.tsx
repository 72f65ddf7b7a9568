import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface GoProps {
  to: string;
  children: ReactNode;
}

/** A link to another page of the console. */
export function Go({ to, children }: GoProps) {
  return (
    <Anchor component={Link} to={to} size="sm" underline="always">
      {children}
    </Anchor>
  );
}

export function GoButton({ to, children, ...rest }: GoProps & ButtonProps) {
  return (
    <Button component={Link} to={to} {...rest}>
      {children}
    </Button>
  );
}
