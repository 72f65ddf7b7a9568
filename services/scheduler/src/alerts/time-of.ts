/** `10-02 14:03:05` of Asia/Kolkata: a message may come late. */
export function timeOf(at: Date): string {
  const when = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
    'Asia/Kolkata',
  );
  const time = when.toPlainTime().toString({ smallestUnit: 'second' });
  return `${when.toPlainDate().toString().slice(5)} ${time}`;
}
