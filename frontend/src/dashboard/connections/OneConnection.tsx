/** One connection: what is wrong with it and what to do, its lists, and what can be done with it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { ask, type Asked } from "../../api";
import { Confirm } from "../../components/Confirm";
import { Field } from "../../components/Field";
import { Moment } from "../../components/Moment";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/connections";
import { texts } from "../SignIn";
import { ConnectAccount } from "./ConnectAccount";
import { Health } from "./Connections";
import { connectionQuery, type Connection } from "./connection";
import { Jobs } from "./Jobs";
import { Schedules } from "./Schedules";

export function OneConnection() {
  const { id = "" } = useParams();
  const connection = useQuery({ ...connectionQuery(id), refetchInterval: 5_000 });
  if (connection.isPending) return <p role="status">{shell.shell.loading}</p>;
  if (connection.isError) {
    return (
      <>
        <h1>{strings.one}</h1>
        <Problem error={connection.error} retry={() => void connection.refetch()} />
      </>
    );
  }
  return <Shown connection={connection.data.data} />;
}

/** Changes something about a connection, and looks at everything anew. */
export function useChange(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, ...asked }: { method: string; path: string } & Asked) =>
      ask(method, path, { ...asked, connection: id }),
    // Not waited for: whoever deletes it is elsewhere before it is found missing here.
    onSettled: () => void client.invalidateQueries(),
  });
}

function Shown({ connection }: { connection: Connection }) {
  const id = connection.connection_id;
  const mayChange = useMayChange();
  const change = useChange(id);
  const navigate = useNavigate();
  const paused = connection.sync_schedules.every((one) => one.sync_status === "disabled");
  return (
    <>
      <h1>
        {connection.integration_display_name} {connection.customer_id}
      </h1>
      <p>
        <Health connection={connection} /> <code>{id}</code>
      </p>
      <ul className="plain row">
        <li>
          <Link to={`/writes?account=connection:${id}`}>{strings.links.writes}</Link>
        </li>
        <li>
          <Link to={`/data?connection=${id}`}>{strings.links.data}</Link>
        </li>
        <li>
          <Link to={`/requests?connection_id=${id}`}>{strings.links.requests}</Link>
        </li>
        {mayChange && connection.integration_name !== "sandbox" && (
          <li>
            <Link to={`/connections/magic-links?connection=${id}`}>{strings.links.magic}</Link>
          </li>
        )}
      </ul>
      <Errors connection={connection} />
      {change.isError && <Problem error={change.error} />}
      {mayChange && (
        <div className="row">
          <button
            type="button"
            className="main"
            disabled={change.isPending}
            onClick={() => change.mutate({ method: "POST", path: "/connections/sync" })}
          >
            {strings.syncNow}
          </button>
          <button
            type="button"
            onClick={() => change.mutate({ method: "PATCH", path: "/schedules/toggle-all", body: { paused: !paused } })}
          >
            {paused ? strings.resume : strings.pause}
          </button>
          {connection.integration_name !== "sandbox" && <ConnectAccount label={strings.reinstall} connection={id} />}
          <Confirm
            label={strings.delete}
            question={strings.deleteQuestion}
            // Goes on although the page may have noticed by itself, before the answer, that the connection is gone.
            onConfirm={() =>
              void change.mutateAsync({ method: "DELETE", path: "/connections" }).then(
                () => navigate("/connections"),
                () => undefined,
              )
            }
          />
        </div>
      )}
      <Schedules connection={connection} />
      {mayChange && <Jobs connection={connection} />}
      {mayChange && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            const name = texts(event.currentTarget).customer_id;
            change.mutate({ method: "PATCH", path: "/connections", body: { customer_id: name === "" ? null : name } });
          }}
        >
          <Field label={strings.columns.customer} name="customer_id" defaultValue={connection.customer_id ?? ""} />
          <button type="submit">{strings.rename}</button>
        </form>
      )}
    </>
  );
}

function Errors({ connection }: { connection: Connection }) {
  if (connection.errors.length === 0) return null;
  return (
    <section aria-labelledby="errors">
      <h2 id="errors">{strings.errors}</h2>
      {connection.errors.map((error) => (
        <div className="problem" key={error.error_message + error.first_seen}>
          <p>{error.error_message}</p>
          <p className="quiet">
            {strings.since} <Moment at={error.first_seen} />
            {error.affected_endpoints.length > 0 && `: ${error.affected_endpoints.map((one) => one.endpoint).join(", ")}`}
          </p>
          <p>
            {strings.whatToDo(
              error.affected_endpoints.filter((one) => one.preventing_sync).length,
              error.affected_endpoints.length,
              connection.available_endpoints.length,
            )}
          </p>
        </div>
      ))}
    </section>
  );
}
