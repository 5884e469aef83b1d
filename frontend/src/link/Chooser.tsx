/** The systems to choose from, found by typing. */
import { useState } from "react";
import { Field } from "../components/Field";
import { strings } from "../strings/link";
import type { Offered } from "./api";
import { Logo } from "./Logo";

export function Chooser({ systems, onChoose }: { systems: Offered[]; onChoose: (system: Offered) => void }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = systems.filter((one) =>
    `${one.display_name} ${one.integration_name} ${one.integration_type}`.toLowerCase().includes(wanted),
  );
  return (
    <>
      <Field label={strings.search} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      <p className="quiet" role="status">
        {strings.found(found.length)}
      </p>
      <ul className="systems">
        {found.map((one) => (
          <li key={`${one.integration_type}/${one.integration_name}`}>
            <button type="button" onClick={() => onChoose(one)}>
              <Logo name={one.display_name} />
              <span>
                <strong>{one.display_name}</strong>
                <span className="quiet">{one.description}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
