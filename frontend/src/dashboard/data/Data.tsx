/** The records of a connection: a list of each resource with filters, and one record. */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { Problem } from "../../components/Problem";
import { strings } from "../../strings/data";
import { connectionQuery } from "../connections/connection";
import { ConnectionPicker } from "./ConnectionPicker";
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
  const resources = (shown?.available_endpoints ?? []).flatMap((one) => {
    const [method, path] = one.split(" ");
    return method === "GET" && path !== undefined && !path.includes("{") ? [path] : [];
  });
  const asked = query.get("resource");
  const resource = resources.find((path) => path === asked) ?? resources[0];
  const record = query.get("record");
  return (
    <>
      <h1>{strings.title}</h1>
      <ConnectionPicker value={id} onChange={(chosen) => setQuery(chosen === "" ? {} : { connection: chosen })} />
      {connection.isError && <Problem error={connection.error} retry={() => void connection.refetch()} />}
      {shown && resource === undefined && <p>{strings.nothing}</p>}
      {shown && resource !== undefined && (
        <>
          <div className="field">
            <label htmlFor="resource">{strings.resource}</label>
            <select
              id="resource"
              value={resource}
              onChange={(event) => setQuery({ connection: id, resource: event.target.value })}
            >
              {resources.map((path) => (
                <option key={path}>{path}</option>
              ))}
            </select>
          </div>
          {record === null ? (
            <Records connection={id} resource={resource} />
          ) : (
            <OneRecord connection={shown} resource={resource} id={record} />
          )}
        </>
      )}
    </>
  );
}
