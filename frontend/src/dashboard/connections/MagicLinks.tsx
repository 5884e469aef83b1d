/** URLs by which owners of accounts connect them by themselves: made, listed and withdrawn. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { Link, useSearchParams } from "react-router";
import { ask, faultAt } from "../../api";
import { Confirm } from "../../components/Confirm";
import { CopyButton } from "../../components/CopyButton";
import { DataTable, type Column } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { listed } from "../../components/listed";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings as connections } from "../../strings/connections";
import { strings } from "../../strings/magicLinks";
import { INTEGRATION_TYPES } from "../integrations";
import { texts } from "../SignIn";
import { connectionQuery } from "./connection";

const LISTS = ["integration_allow_list", "integration_block_list", "integrations_with_endpoints", "disabled_functions"] as const;

interface MagicLink extends Record<(typeof LISTS)[number], string[]> {
  id: string;
  integration_type: string;
  customer_id: string | null;
  connection_id: string | null;
  expires_at: string;
  used_at: string | null;
}

export function MagicLinks() {
  const client = useQueryClient();
  const mayChange = useMayChange();
  const links = useQuery({
    queryKey: ["magic-links"],
    queryFn: ({ signal }) => ask<{ magic_links: MagicLink[] }>("GET", "/magic-links", { signal }),
    refetchInterval: 10_000,
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => ask("DELETE", `/magic-links/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ["magic-links"] }),
  });
  const columns: Column<MagicLink>[] = [
    { id: "type", header: strings.columns.type, accessorFn: (row) => row.integration_type },
    { id: "customer", header: strings.columns.customer, accessorFn: (row) => row.customer_id ?? "" },
    { id: "bounds", header: strings.columns.bounds, cell: ({ row }) => <Bounds link={row.original} /> },
    { id: "ends", header: strings.columns.ends, cell: ({ row }) => <Moment at={row.original.expires_at} /> },
    { id: "used", header: strings.columns.used, cell: ({ row }) => <Moment at={row.original.used_at} /> },
    {
      id: "do",
      header: strings.columns.do,
      cell: ({ row: { original } }) =>
        mayChange && (
          <Confirm
            label={strings.withdraw}
            question={strings.withdrawQuestion}
            onConfirm={() => withdraw.mutate(original.id)}
          />
        ),
    },
  ];
  return (
    <>
      <p>
        <Link to="/connections">{connections.title}</Link>
      </p>
      <h1>{strings.title}</h1>
      <p>{strings.introduction}</p>
      {mayChange && <NewLink />}
      {withdraw.isError && <Problem error={withdraw.error} />}
      {links.isError && <Problem error={links.error} retry={() => void links.refetch()} />}
      {links.data && (
        <DataTable caption={strings.caption} columns={columns} rows={links.data.magic_links} empty={strings.empty} />
      )}
    </>
  );
}

function NewLink() {
  const client = useQueryClient();
  const connection = useSearchParams()[0].get("connection") ?? "";
  const anew = useQuery({ ...connectionQuery(connection), enabled: connection !== "" }).data?.data;
  const made = useMutation({
    mutationFn: (body: object) => ask<{ magic_link: { url: string } }>("POST", "/magic-links", { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["magic-links"] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = texts(event.currentTarget);
    made.mutate({
      integration_type: given.integration_type,
      link_duration: Number(given.link_duration),
      ...(given.customer_id ? { customer_id: given.customer_id } : {}),
      ...(given.connection_id ? { connection_id: given.connection_id } : {}),
      ...Object.fromEntries(LISTS.map((name) => [name, listed(given[name] ?? "")])),
    });
  };
  const fault = (name: string) => faultAt(made.error, `/${name}`) ?? faultAt(made.error, `/${name}/0`);
  const url = made.data?.magic_link.url;
  return (
    <>
      <form onSubmit={submit}>
        <div className="row">
          <div className="field">
            <label htmlFor="link-type">{strings.columns.type}</label>
            <select id="link-type" name="integration_type" key={anew?.integration_type} defaultValue={anew?.integration_type}>
              {INTEGRATION_TYPES.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          </div>
          <Field
            label={strings.days}
            name="link_duration"
            type="number"
            min={1}
            max={365}
            defaultValue={7}
            required
            fault={fault("link_duration")}
          />
          <Field label={strings.columns.customer} name="customer_id" fault={fault("customer_id")} />
          <Field
            label={strings.connection}
            name="connection_id"
            help={strings.connectionHelp}
            defaultValue={connection}
            fault={fault("connection_id")}
          />
        </div>
        <details>
          <summary>{strings.bounds}</summary>
          <div className="row">
            {LISTS.map((name) => (
              <Field key={name} label={strings.lists[name]} name={name} help={strings.listHelp} fault={fault(name)} />
            ))}
          </div>
        </details>
        <button type="submit" disabled={made.isPending}>
          {strings.make}
        </button>
      </form>
      {made.isError && <Problem error={made.error} />}
      {url && (
        <p role="status" className="once">
          {strings.once} <code>{url}</code> <CopyButton text={url} />
        </p>
      )}
    </>
  );
}

/** What the link is limited to, as far as it is. */
function Bounds({ link }: { link: MagicLink }) {
  const given = LISTS.filter((name) => link[name].length > 0);
  return (
    <ul className="plain">
      {link.connection_id !== null && (
        <li>
          <Link to={`/connections/${link.connection_id}`}>{strings.anew}</Link>
        </li>
      )}
      {given.map((name) => (
        <li key={name}>
          <span className="quiet">{strings.lists[name]}</span> <code>{link[name].join(", ")}</code>
        </li>
      ))}
    </ul>
  );
}
