/** One record: what it says, what the vendor said, its tags, how it changed, and what a sandbox lets one do with it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { ask } from "../../api";
import { Json } from "../../components/Json";
import { Moment } from "../../components/Moment";
import { Paged } from "../../components/Paged";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/data";
import type { Connection } from "../connections/connection";
import { useIntegrations, type IntegrationType } from "../integrations";
import { EditRecord } from "./EditRecord";
import { listsOf, pathsBelow } from "./lists";
import { Tags } from "./Tags";

interface Change {
  event_id: string;
  at: string;
  event_type: string;
  previous_attributes: Record<string, unknown> | null;
}

interface OneRecordProps {
  connection: Connection;
  resource: string;
  id: string;
}

export function OneRecord({ connection, resource, id }: OneRecordProps) {
  const of = connection.connection_id;
  const path = `${resource}/${encodeURIComponent(id)}`;
  const [raw, setRaw] = useState(false);
  const record = useQuery({
    queryKey: ["record", of, path],
    queryFn: ({ signal }) => ask<{ data: Record<string, unknown> }>("GET", path, { connection: of, signal }),
    refetchInterval: 10_000,
  });
  const vendor = useQuery({
    queryKey: ["record", of, path, "raw"],
    queryFn: ({ signal }) => ask<{ data: unknown }>("GET", `${path}/raw`, { connection: of, signal }),
    enabled: raw,
  });
  const mayChange = useMayChange();
  return (
    <>
      <p>
        <Link to={`?${new URLSearchParams({ connection: of, resource }).toString()}`}>{strings.back}</Link>
      </p>
      <h2>
        {resource} {id}
      </h2>
      <ListsBelow connection={connection} resource={resource} id={id} />
      {record.isPending && <p role="status">{shell.shell.loading}</p>}
      {record.isError && <Problem error={record.error} retry={() => void record.refetch()} />}
      {record.data && (
        <>
          {mayChange && connection.integration_name === "sandbox" && (
            <SandboxSteps connection={of} resource={resource} id={id} />
          )}
          {mayChange && <Edits connection={connection} resource={resource} id={id} />}
          {mayChange && isEditable(connection) && <EditRecord connection={connection} resource={resource} id={id} />}
          <Json label={strings.record} value={record.data.data} />
          {mayChange && "trackstar_tags" in record.data.data && (
            <Tags connection={of} path={path} tags={record.data.data.trackstar_tags} />
          )}
        </>
      )}
      <details onToggle={(event) => setRaw(event.currentTarget.open)}>
        <summary>{strings.raw}</summary>
        {vendor.isError && <Problem error={vendor.error} />}
        {vendor.data && <Json label={strings.raw} value={vendor.data.data} />}
      </details>
      <Paged<Change>
        path={`${path}/history`}
        connection={of}
        caption={strings.history}
        columns={[
          { id: "at", header: strings.changes.at, cell: ({ row }) => <Moment at={row.original.at} /> },
          { id: "what", header: strings.changes.what, accessorFn: (row) => row.event_type },
          {
            id: "before",
            header: strings.changes.before,
            cell: ({ row: { original } }) => (
              <ul className="plain">
                {Object.entries(original.previous_attributes ?? {}).map(([name, value]) => (
                  <li key={name}>
                    <code>{name}</code> {strings.was} <code>{JSON.stringify(value)}</code>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        empty={strings.noHistory}
      />
    </>
  );
}

/** A carrier sandbox has what its invoice files say. */
function isEditable(connection: Connection): boolean {
  return connection.integration_name === "sandbox" && connection.integration_type !== "carrier";
}

/** Links to the lists that are below this record, such as the locations of a warehouse. */
function ListsBelow({ connection, resource, id }: OneRecordProps) {
  return (
    <ul className="plain row">
      {pathsBelow(listsOf(connection), resource, id).map((path) => (
        <li key={path}>
          <Link to={`?${new URLSearchParams({ connection: connection.connection_id, resource: path }).toString()}`}>{path}</Link>
        </li>
      ))}
    </ul>
  );
}

/** Links to the writes of the connection that change a record of this resource. */
function Edits({ connection, resource, id }: { connection: Connection; resource: string; id: string }) {
  const integrations = useIntegrations();
  const type = connection.integration_type as IntegrationType;
  const writes = integrations.data?.[type]?.find((one) => one.integration_name === connection.integration_name);
  const able = (writes?.write_operations ?? []).filter(
    (one) =>
      one.url.split(" ")[1]?.startsWith(`${resource}/{`) && connection.available_actions.includes(one.action),
  );
  if (able.length === 0) return null;
  const account = `connection:${connection.connection_id}`;
  return (
    <ul className="plain row" aria-label={strings.edit}>
      {able.map(({ action }) => (
        <li key={action}>
          <Link to={`/writes?${new URLSearchParams({ account, action, record: id, view: "try" }).toString()}`}>{action}</Link>
        </li>
      ))}
    </ul>
  );
}

interface Step {
  label: string;
  method: string;
  path: (id: string) => string;
}

const STEPS: Record<string, Step[]> = {
  "/wms/orders": [
    {
      label: strings.steps.part,
      method: "PUT",
      path: (id) => `/sandbox/simulate/orders/${id}/fulfill?partial=true`,
    },
    { label: strings.steps.fulfil, method: "PUT", path: (id) => `/sandbox/simulate/orders/${id}/fulfill` },
  ],
  "/wms/returns": [
    { label: strings.steps.receive, method: "PUT", path: (id) => `/sandbox/simulate/returns/${id}/receive` },
  ],
  "/freight/shipments": [
    {
      label: strings.steps.advance,
      method: "PUT",
      path: (id) => `/sandbox/simulate/freight/shipments/${id}/advance`,
    },
  ],
};

/** What the sandbox's warehouse or forwarder can be told to do with the record; each causes its events. */
function SandboxSteps({ connection, resource, id }: { connection: string; resource: string; id: string }) {
  const client = useQueryClient();
  const step = useMutation({
    mutationFn: ({ method, path }: { method: string; path: string }) => ask(method, path),
    onSettled: () => client.invalidateQueries({ queryKey: ["record", connection] }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["paged"] }),
  });
  return (
    <div className="row">
      {(STEPS[resource] ?? []).map(({ label, method, path }) => (
        <button
          key={label}
          type="button"
          disabled={step.isPending}
          onClick={() => step.mutate({ method, path: path(encodeURIComponent(id)) })}
        >
          {label}
        </button>
      ))}
      {step.isError && <Problem error={step.error} />}
    </div>
  );
}
