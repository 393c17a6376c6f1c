/** Day and time that the clock on the wall shows in a zone at a moment; null when it isn't a moment. */
export function wallClock(
  moment: unknown,
  timeZone: string,
): { readonly day: string; readonly time: string } | null {
  if (typeof moment !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(moment)) return null;
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return null;
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  return {
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
    time: `${parts['hour']}:${parts['minute']}`,
  };
}
