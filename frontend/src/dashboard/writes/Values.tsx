/** The values that a field accepts: the first ones, and all of them on demand, searched where they are many. */
import { useState } from "react";
import { Field } from "../../components/Field";
import { strings } from "../../strings/writes";
import type { FieldRow } from "./document";
import { matching } from "./matching";

const FIRST = 6;
const SHOWN = 100;

export function Values({ row }: { row: FieldRow }) {
  const [open, setOpen] = useState(false);
  const { values } = row;
  if (values.length === 0) return row.needsConnection ? <span className="quiet">{strings.needsConnection}</span> : null;
  return (
    <>
      <Chips values={values.slice(0, FIRST)} />
      {values.length > FIRST && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{strings.allValues(values.length)}</summary>
          {open && <AllValues row={row} />}
        </details>
      )}
      {row.ofAccount && <p className="help">{strings.ofAccount}</p>}
    </>
  );
}

function AllValues({ row: { path, values } }: { row: FieldRow }) {
  const [search, setSearch] = useState("");
  const found = matching(values, search, SHOWN);
  return (
    <>
      {values.length > SHOWN && (
        <Field
          label={strings.searchValues(path)}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <Chips values={found} />
      {found.length < values.length && (
        <p className="help" role="status">
          {strings.shownValues(found.length, values.length)}
        </p>
      )}
    </>
  );
}

function Chips({ values }: { values: unknown[] }) {
  return values.map((value) => (
    <code key={String(value)} className="value">
      {String(value)}
    </code>
  ));
}
