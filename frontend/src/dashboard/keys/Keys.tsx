/** API keys: listed, made and ended. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { ask, faultAt } from "../../api";
import { Confirm } from "../../components/Confirm";
import { CopyButton } from "../../components/CopyButton";
import { DataTable, type Column } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useSession } from "../../session";
import { strings } from "../../strings/keys";

interface ApiKey {
  id: string;
  name: string;
  hint: string;
  read_only: boolean;
  created_at: string;
  revoked_at: string | null;
}

export default function Keys() {
  const client = useQueryClient();
  const admin = useSession().user.role === "admin";
  const keys = useQuery({
    queryKey: ["api-keys"],
    queryFn: ({ signal }) => ask<{ data: ApiKey[] }>("GET", "/api-keys", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["api-keys"] });
  const made = useMutation({
    mutationFn: (body: object) => ask<ApiKey & { api_key: string }>("POST", "/api-keys", { body }),
    onSuccess: again,
  });
  const revoked = useMutation({
    mutationFn: (id: string) => ask("DELETE", `/api-keys/${id}`),
    onSettled: again,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    made.mutate({ name: String(form.get("name")), read_only: form.get("read_only") !== null });
    event.currentTarget.reset();
  };
  const columns: Column<ApiKey>[] = [
    { id: "name", header: strings.columns.name, accessorFn: (row) => row.name },
    { id: "hint", header: strings.columns.hint, cell: ({ row }) => <code>{row.original.hint}…</code> },
    { id: "may", header: strings.columns.may, accessorFn: (row) => (row.read_only ? strings.reads : strings.full) },
    { id: "made", header: strings.columns.made, cell: ({ row }) => <Moment at={row.original.created_at} /> },
    {
      id: "state",
      header: strings.columns.state,
      cell: ({ row: { original } }) =>
        original.revoked_at !== null ? (
          <>
            {strings.revoked} <Moment at={original.revoked_at} />
          </>
        ) : admin ? (
          <Confirm
            label={strings.revoke}
            question={strings.revokeQuestion(original.name || original.hint)}
            onConfirm={() => revoked.mutate(original.id)}
          />
        ) : (
          strings.live
        ),
    },
  ];
  return (
    <>
      <h1>{strings.title}</h1>
      {admin && (
        <form onSubmit={submit} className="row">
          <Field label={strings.name} name="name" required fault={faultAt(made.error, "/name")} />
          <label>
            <input type="checkbox" name="read_only" /> {strings.readOnly}
          </label>
          <button type="submit" disabled={made.isPending}>
            {strings.make}
          </button>
        </form>
      )}
      {made.isError && <Problem error={made.error} />}
      {revoked.isError && <Problem error={revoked.error} />}
      {made.data && (
        <p role="status" className="once">
          {strings.once} <code>{made.data.api_key}</code> <CopyButton text={made.data.api_key} />
        </p>
      )}
      {keys.isError && <Problem error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data && <DataTable caption={strings.caption} columns={columns} rows={keys.data.data} />}
    </>
  );
}
