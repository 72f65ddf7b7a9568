import { Button, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

export function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme('light');
  const other = now === 'dark' ? 'light' : 'dark';
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      onClick={() => setColorScheme(other)}
      aria-label={`Show it ${other}`}
    >
      {other === 'dark' ? '☾' : '☀'}
    </Button>
  );
}
