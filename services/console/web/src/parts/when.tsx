import { Text } from '@mantine/core';

const zone = 'Asia/Kolkata';
const day = new Intl.DateTimeFormat('en-IN', { timeZone: zone, day: '2-digit', month: 'short' });
const clock = new Intl.DateTimeFormat('en-IN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const exact = new Intl.DateTimeFormat('en-IN', {
  timeZone: zone,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});

/** Today's date in Asia/Kolkata, `YYYY-MM-DD`. */
export function todayText(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now);
}

export function whenText(at: string, isExact = false): string {
  const time = new Date(at);
  const text = (isExact ? exact : clock).format(time);
  return todayText(time) === todayText() ? text : `${day.format(time)}, ${text}`;
}

/** An instant in Asia/Kolkata; `exact` to the millisecond. */
export function When({ at, exact: isExact = false }: { at: string | null; exact?: boolean }) {
  if (at === null) return <Text span>–</Text>;
  return (
    <time dateTime={at} title={`${at} (UTC)`} className="figures">
      {whenText(at, isExact)}
    </time>
  );
}
