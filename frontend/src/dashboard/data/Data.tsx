/** The records of a connection: a list of each resource with filters, and one record. */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Problem } from "../../components/Problem";
import { strings } from "../../strings/data";
import { connectionQuery } from "../connections/connection";
import { ConnectionPicker } from "./ConnectionPicker";
import { isBelow, listAt, listsOf } from "./lists";
import { OneRecord } from "./OneRecord";
import { Records } from "./Records";
import "./data.css";

/** Asks for the connection, by which everything else is asked for. */
export async function prefetch(client: QueryClient, query: URLSearchParams): Promise<void> {
  const id = query.get("connection");
  if (id) await client.prefetchQuery(connectionQuery(id));
}

export default function Data() {
  const [query, setQuery] = useSearchParams();
  const id = query.get("connection") ?? "";
  const connection = useQuery({ ...connectionQuery(id), enabled: id !== "" });
  const shown = connection.data?.data;
  const lists = shown ? listsOf(shown) : [];
  const whole = lists.filter((list) => !isBelow(list));
  const asked = query.get("resource");
  const list = listAt(lists, asked) ?? whole[0];
  const resource = list !== undefined && isBelow(list) && asked !== null ? asked : list;
  const record = query.get("record");
  return (
    <>
      <h1>{strings.title}</h1>
      <ConnectionPicker value={id} onChange={(chosen) => setQuery(chosen === "" ? {} : { connection: chosen })} />
      {connection.isError && <Problem error={connection.error} retry={() => void connection.refetch()} />}
      {shown && resource === undefined && <p>{strings.nothing}</p>}
      {shown && list !== undefined && resource !== undefined && (
        <>
          <div className="field">
            <label htmlFor="resource">{strings.resource}</label>
            <select
              id="resource"
              value={resource}
              onChange={(event) => setQuery({ connection: id, resource: event.target.value })}
            >
              {(isBelow(list) ? [...whole, resource] : whole).map((path) => (
                <option key={path}>{path}</option>
              ))}
            </select>
          </div>
          {record === null ? (
            <Records connection={id} list={list} resource={resource} />
          ) : (
            <OneRecord connection={shown} resource={resource} id={record} />
          )}
        </>
      )}
    </>
  );
}
