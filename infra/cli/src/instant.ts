/** `10-02 14:03:05`: month, day and time of Asia/Kolkata. */
export function formatInstant(at: Date): string {
  const when = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
    'Asia/Kolkata',
  );
  return `${when.toPlainDate().toString().slice(5)} ${when.toPlainTime().toString({ smallestUnit: 'second' })}`;
}
