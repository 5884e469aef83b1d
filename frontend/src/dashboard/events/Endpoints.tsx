/** To whom events are told. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent } from "react";
import { Link } from "react-router";
import { ask, faultAt } from "../../api";
import { CopyButton } from "../../components/CopyButton";
import { DataTable, type Column } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { listed } from "../../components/listed";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings } from "../../strings/events";
import { texts } from "../SignIn";
import type { Endpoint } from "./event";

export function Endpoints() {
  const client = useQueryClient();
  const mayChange = useMayChange();
  const endpoints = useQuery({
    queryKey: ["endpoints"],
    queryFn: ({ signal }) => ask<{ data: Endpoint[] }>("GET", "/webhooks/endpoints", { signal }),
    refetchInterval: 10_000,
  });
  const add = useMutation({
    mutationFn: (body: object) =>
      ask<{ data: Endpoint & { secret: string } }>("POST", "/webhooks/endpoints", { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["endpoints"] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { url, description, event_types: types } = texts(event.currentTarget);
    add.mutate({ url, description, ...(types ? { event_types: listed(types) } : {}) });
  };
  return (
    <>
      {mayChange && (
        <form onSubmit={submit} className="narrow">
          <Field label={strings.endpoint.url} name="url" type="url" required fault={faultAt(add.error, "/url")} />
          <Field
            label={strings.endpoint.description}
            name="description"
            fault={faultAt(add.error, "/description")}
          />
          <Field
            label={strings.endpoint.types}
            name="event_types"
            help={strings.endpoint.typesHelp}
            fault={faultAt(add.error, "/event_types")}
          />
          <button type="submit" disabled={add.isPending}>
            {strings.endpoint.add}
          </button>
        </form>
      )}
      {add.isError && <Problem error={add.error} />}
      {add.data && (
        <p role="status" className="once">
          {strings.endpoint.secret} <code>{add.data.data.secret}</code> <CopyButton text={add.data.data.secret} />
        </p>
      )}
      {endpoints.isError && <Problem error={endpoints.error} retry={() => void endpoints.refetch()} />}
      {endpoints.data && (
        <DataTable caption={strings.endpoint.caption} columns={columns} rows={endpoints.data.data} />
      )}
    </>
  );
}

const columns: Column<Endpoint>[] = [
  {
    id: "url",
    header: strings.endpoint.url,
    cell: ({ row: { original } }) => <Link to={`/events/endpoints/${original.id}`}>{original.url}</Link>,
  },
  { id: "description", header: strings.endpoint.description, accessorFn: (row) => row.description },
  { id: "types", header: strings.endpoint.types, accessorFn: (row) => row.event_types?.join(", ") ?? strings.all },
  {
    id: "state",
    header: strings.endpoint.state,
    cell: ({ row: { original } }) =>
      original.enabled ? (
        original.failing_since ? (
          <span className="badge bad">
            {strings.failingSince} <Moment at={original.failing_since} />
          </span>
        ) : (
          <span className="badge good">{strings.enabled}</span>
        )
      ) : (
        <>
          <span className="badge warn">{strings.disabled}</span> {original.disabled_reason}
        </>
      ),
  },
];
