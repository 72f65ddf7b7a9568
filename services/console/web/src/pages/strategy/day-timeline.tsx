import { Stack, Text } from '@mantine/core';
import type { StrategyForm } from '../../api/types.ts';

interface DayTimelineProps {
  start: string;
  end: string;
  squareoff: string;
  exchanges: StrategyForm['exchanges'];
}

const width = 600;
const auction = { from: '15:15', to: '15:30' };

/** Minutes since midnight; undefined: no time. */
function minutesOf(time: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** The day of an intraday strategy: when the market is open, and what it takes when. */
export function DayTimeline({ start, end, squareoff, exchanges }: DayTimelineProps) {
  const open = Math.min(...exchanges.map((one) => minutesOf(one.open) ?? 540));
  const close = Math.max(...exchanges.map((one) => minutesOf(one.close) ?? 930));
  const from = Math.min(open, minutesOf(start) ?? open) - 15;
  const to = Math.max(close, minutesOf(squareoff) ?? close) + 15;
  const x = (minutes: number) => ((minutes - from) / (to - from)) * width;
  const span = (since: string, until: string) => {
    const [a, b] = [minutesOf(since), minutesOf(until)];
    if (a === undefined || b === undefined || b <= a) return undefined;
    return { x: x(a), width: x(b) - x(a) };
  };
  const entries = span(start, end);
  const exits = span(start, squareoff);
  const at = minutesOf(squareoff);
  const isLate = squareoff >= '15:11' && squareoff <= auction.to;
  const isShares = exchanges.some(({ exchange }) => exchange === 'NSE' || exchange === 'BSE');
  const words = `Entries from ${start} to ${end}, exits until ${squareoff}, square-off at ${squareoff}`;
  return (
    <Stack gap={4}>
      <svg viewBox={`0 0 ${width} 92`} role="img" aria-label={words} className="timeline">
        <title>{words}</title>
        <Bar y={8} box={{ x: x(open), width: x(close) - x(open) }} kind="open" word="market open" />
        {isShares && <Bar y={8} box={span(auction.from, auction.to)} kind="auction" word="" />}
        <Bar y={32} box={entries} kind="entries" word="entries" />
        <Bar y={56} box={exits} kind="exits" word="exits" />
        {at !== undefined && (
          <g className="squareoff">
            <line x1={x(at)} x2={x(at)} y1={4} y2={80} />
            <text x={x(at)} y={91} textAnchor="middle">
              {squareoff}
            </text>
          </g>
        )}
      </svg>
      <Text size="xs" className="quiet">
        {words}, Asia/Kolkata, both ends included.
      </Text>
      {isShares && isLate && (
        <Text size="xs" c="orange" role="status">
          Shares that have derivatives stop trading at 15:15 for the closing auction, and brokers
          close intraday positions themselves at about that time: 15:10 or earlier is safer.
        </Text>
      )}
    </Stack>
  );
}

interface BarProps {
  y: number;
  box: { x: number; width: number } | undefined;
  kind: string;
  word: string;
}

function Bar({ y, box, kind, word }: BarProps) {
  if (box === undefined) return null;
  return (
    <g className={kind}>
      <rect x={box.x} y={y} width={box.width} height={18} rx={4} />
      <text x={box.x + 6} y={y + 13}>
        {word}
      </text>
    </g>
  );
}
