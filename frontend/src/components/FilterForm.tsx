/** Filters of a list, which stand in the address so that a list can be sent to somebody. */
import { useSearchParams } from "react-router";
import { strings } from "../strings/shell";
import { texts } from "../dashboard/SignIn";
import type { Filters } from "./Paged";
import { Field } from "./Field";

export interface Filter {
  name: string;
  label: string;
  choices?: readonly string[];
  type?: string;
  help?: string;
}

/** The filters that the address has, of those that are named. */
export function useFilters(filters: readonly Filter[]): Filters {
  const [query] = useSearchParams();
  return Object.fromEntries(
    filters.flatMap(({ name }) => {
      const value = query.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

export function FilterForm({ label, filters }: { label: string; filters: readonly Filter[] }) {
  const [query, setQuery] = useSearchParams();
  return (
    <form
      role="search"
      aria-label={label}
      className="row filters"
      key={query.toString()}
      onSubmit={(event) => {
        event.preventDefault();
        const given = texts(event.currentTarget);
        setQuery((before) => {
          const after = new URLSearchParams(before);
          for (const { name } of filters) {
            if (given[name]) after.set(name, given[name]);
            else after.delete(name);
          }
          return after;
        });
      }}
    >
      {filters.map(({ name, label: words, choices, type, help }) =>
        choices === undefined ? (
          <Field
            key={name}
            name={name}
            label={words}
            type={type ?? "search"}
            defaultValue={query.get(name) ?? ""}
            {...(help ? { help } : {})}
          />
        ) : (
          <div className="field" key={name}>
            <label htmlFor={`filter-${name}`}>{words}</label>
            <select id={`filter-${name}`} name={name} defaultValue={query.get(name) ?? ""}>
              <option value="">{strings.table.any}</option>
              {choices.map((choice) => (
                <option key={choice}>{choice}</option>
              ))}
            </select>
          </div>
        ),
      )}
      <button type="submit">{strings.table.filter}</button>
    </form>
  );
}
