import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Every step that carries text keeps a contrast of 4.5 to 1. */
const lane: MantineColorsTuple = [
  '#e3fafc',
  '#c5f6fa',
  '#99e9f2',
  '#66d9e8',
  '#3bc9db',
  '#22b8cf',
  '#0c8599',
  '#0b7285',
  '#095c6b',
  '#074652',
];

export const theme = createTheme({
  primaryColor: 'lane',
  primaryShade: { light: 7, dark: 7 },
  colors: { lane },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
});

/** Light variants of badges and notices: dark words on pale ground, and the other way round. */
export const variableResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#495057',
    '--mantine-color-placeholder': '#6c757d',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-red-filled': '#c92a2a',
    ...lightVariants((name) => `var(--mantine-color-${name}-9)`),
    '--mantine-color-yellow-light-color': '#7a4b00',
    '--mantine-color-orange-light-color': '#a03a00',
    '--mantine-color-teal-light-color': '#05603f',
    '--mantine-color-cyan-light-color': '#0b5563',
    '--mantine-color-gray-light-color': '#343a40',
  },
  dark: {
    '--mantine-color-dimmed': '#b8bcc2',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-filled': '#c92a2a',
    ...lightVariants((name) => `var(--mantine-color-${name}-2)`),
  },
});

const names = ['red', 'blue', 'cyan', 'teal', 'gray', 'orange', 'yellow', 'grape', 'lane'];

function lightVariants(shade: (name: string) => string): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [`--mantine-color-${name}-light-color`, shade(name)]),
  );
}
