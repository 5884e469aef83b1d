/** A JSON value as text that can be scrolled by keyboard. */
export function Json({ value, label }: { value: unknown; label: string }) {
  return (
    // What is longer than the box is scrolled, by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="json" tabIndex={0} role="region" aria-label={label}>
      {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}
