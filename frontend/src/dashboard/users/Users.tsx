/** The organisation's people, for its admins. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { ask, faultAt } from "../../api";
import { Confirm } from "../../components/Confirm";
import { CopyButton } from "../../components/CopyButton";
import { DataTable, type Column } from "../../components/DataTable";
import { Field } from "../../components/Field";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import type { Role } from "../../session";
import { strings } from "../../strings/users";
import { texts } from "../SignIn";

interface User {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: "active" | "invited" | "disabled";
  last_sign_in: string | null;
}

type Invited = User & { invitation_code: string };

const ROLES: readonly Role[] = ["admin", "developer", "viewer"];

export default function Users() {
  const client = useQueryClient();
  const [invited, setInvited] = useState<Invited | null>(null);
  const users = useQuery({
    queryKey: ["users"],
    queryFn: ({ signal }) => ask<{ data: User[] }>("GET", "/users", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["users"] });
  const invite = useMutation({
    mutationFn: (body: object) => ask<Invited>("POST", "/users", { body }),
    onSuccess: setInvited,
    onSettled: again,
  });
  const change = useMutation({
    mutationFn: ({ id, method, path = "", body }: { id: string; method: string; path?: string; body?: object }) =>
      ask<Invited>(method, `/users/${id}${path}`, { body }),
    onSuccess: (answer) => setInvited("invitation_code" in answer ? answer : null),
    onSettled: again,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    invite.mutate(texts(event.currentTarget));
  };
  const columns: Column<User>[] = [
    { id: "name", header: strings.columns.name, accessorFn: (row) => row.name },
    { id: "email", header: strings.columns.email, accessorFn: (row) => row.email },
    {
      id: "role",
      header: strings.columns.role,
      cell: ({ row: { original } }) => (
        <select
          aria-label={strings.roleOf(original.name)}
          value={original.role}
          onChange={(event) => change.mutate({ id: original.id, method: "PATCH", body: { role: event.target.value } })}
        >
          {ROLES.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      ),
    },
    { id: "status", header: strings.columns.status, accessorFn: (row) => strings.statuses[row.status] },
    { id: "seen", header: strings.columns.seen, cell: ({ row }) => <Moment at={row.original.last_sign_in} /> },
    {
      id: "do",
      header: strings.columns.do,
      cell: ({ row: { original } }) => (
        <div className="row">
          <button
            type="button"
            onClick={() =>
              change.mutate({ id: original.id, method: "PATCH", body: { disabled: original.status !== "disabled" } })
            }
          >
            {original.status === "disabled" ? strings.enable : strings.disable}
          </button>
          <button
            type="button"
            onClick={() => change.mutate({ id: original.id, method: "POST", path: "/invitation" })}
          >
            {strings.inviteAgain}
          </button>
          <Confirm
            label={strings.remove}
            question={strings.removeQuestion(original.name)}
            onConfirm={() => change.mutate({ id: original.id, method: "DELETE" })}
          />
        </div>
      ),
    },
  ];
  return (
    <>
      <h1>{strings.title}</h1>
      <form onSubmit={submit} className="row">
        <Field label={strings.columns.name} name="name" required fault={faultAt(invite.error, "/name")} />
        <Field label={strings.columns.email} name="email" type="email" required fault={faultAt(invite.error, "/email")} />
        <div className="field">
          <label htmlFor="new-role">{strings.columns.role}</label>
          <select id="new-role" name="role" defaultValue="developer">
            {ROLES.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        </div>
        <button type="submit" disabled={invite.isPending}>
          {strings.invite}
        </button>
      </form>
      {invite.isError && <Problem error={invite.error} />}
      {change.isError && <Problem error={change.error} />}
      {invited && <Invitation invited={invited} />}
      {users.isError && <Problem error={users.error} retry={() => void users.refetch()} />}
      {users.data && <DataTable caption={strings.caption} columns={columns} rows={users.data.data} />}
    </>
  );
}

function Invitation({ invited }: { invited: Invited }) {
  const url = `${window.location.origin}/dashboard/invitation#${invited.invitation_code}`;
  return (
    <p role="status" className="once">
      {strings.once(invited.name)} <code>{url}</code> <CopyButton text={url} />
    </p>
  );
}
