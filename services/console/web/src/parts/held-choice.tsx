import { Radio, Stack } from '@mantine/core';

export type Held = 'keep' | 'close_now' | 'forget';

interface HeldChoiceProps {
  value: Held;
  onChange: (value: Held) => void;
}

/** What is to become of what is held where a change takes its signals away from that. */
export function HeldChoice({ value, onChange }: HeldChoiceProps) {
  return (
    <Radio.Group
      label="What it still holds"
      value={value}
      onChange={(chosen) => onChange(chosen as Held)}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="keep"
          label="Keep for exits"
          description="Exits and the square-off go on reaching it until it is flat."
        />
        <Radio
          value="close_now"
          label="Close it now"
          description="At market, until it is proved flat."
        />
        <Radio
          value="forget"
          label="Forget it"
          description="Orderlane counts it as nothing from now on: closing it is up to you."
        />
      </Stack>
    </Radio.Group>
  );
}
