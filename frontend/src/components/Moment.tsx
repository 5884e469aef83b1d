/** A moment as the API writes it, shown in the time of whoever looks, with the exact text at hand. */
const shown = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return null;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={at}>
      {Number.isNaN(moment.getTime()) ? at : shown.format(moment)}
    </time>
  );
}
