/** One endpoint: changed, switched off and on, its secrets, a test, and a time replayed to it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { useNavigate, useParams } from "react-router";
import { ask, faultAt } from "../../api";
import { Confirm } from "../../components/Confirm";
import { CopyButton } from "../../components/CopyButton";
import { Field } from "../../components/Field";
import { listed } from "../../components/listed";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/events";
import { texts } from "../SignIn";
import type { Endpoint } from "./event";

export function OneEndpoint() {
  const { id = "" } = useParams();
  const endpoint = useQuery({
    queryKey: ["endpoints", id],
    queryFn: ({ signal }) =>
      ask<{ data: Endpoint }>("GET", `/webhooks/endpoints/${encodeURIComponent(id)}`, { signal }),
  });
  if (endpoint.isPending) return <p role="status">{shell.shell.loading}</p>;
  if (endpoint.isError) return <Problem error={endpoint.error} retry={() => void endpoint.refetch()} />;
  return <Shown endpoint={endpoint.data.data} />;
}

function Shown({ endpoint }: { endpoint: Endpoint }) {
  const path = `/webhooks/endpoints/${endpoint.id}`;
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayChange = useMayChange();
  const [secrets, setSecrets] = useState<string[]>([]);
  const again = () => client.invalidateQueries({ queryKey: ["endpoints"] });
  const change = useMutation({
    mutationFn: (body: object) => ask("PATCH", path, { body }),
    onSettled: again,
  });
  const secret = useMutation({
    mutationFn: (method: "GET" | "POST") =>
      ask<{ data: { secrets: string[] } }>(method, method === "GET" ? `${path}/secret` : `${path}/rotate-secret`),
    onSuccess: ({ data }) => setSecrets(data.secrets),
  });
  const remove = useMutation({
    mutationFn: () => ask("DELETE", path),
    onSuccess: async () => {
      await navigate("/events/endpoints");
      await again();
    },
  });
  const test = useMutation({
    mutationFn: (type: string) => ask<{ data: { event_id: string } }>("POST", `${path}/test`, { body: { event_type: type } }),
    onSuccess: ({ data }) => navigate(`/events/${data.event_id}`),
  });
  const replay = useMutation({
    mutationFn: (body: object) =>
      ask<{ data: { deliveries: number } }>("POST", "/webhooks/replay", { body: { ...body, endpoint_id: endpoint.id } }),
  });
  const submitChange = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { url, description, event_types: types } = texts(event.currentTarget);
    change.mutate({ url, description, event_types: types ? listed(types) : null });
  };
  const submitReplay = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    replay.mutate(texts(event.currentTarget));
  };
  const submitTest = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    test.mutate(texts(event.currentTarget).event_type ?? "");
  };
  const error = change.error ?? secret.error ?? remove.error ?? test.error ?? replay.error;
  return (
    <>
      <h2>{endpoint.url}</h2>
      <p>
        <span className={endpoint.enabled ? "badge good" : "badge warn"}>
          {endpoint.enabled ? strings.enabled : strings.disabled}
        </span>{" "}
        {endpoint.disabled_reason}
      </p>
      {error !== null && <Problem error={error} />}
      {mayChange && (
        <>
          <div className="row">
            <button type="button" onClick={() => change.mutate({ enabled: !endpoint.enabled })}>
              {endpoint.enabled ? strings.disable : strings.enable}
            </button>
            <button type="button" onClick={() => secret.mutate("GET")}>
              {strings.showSecrets}
            </button>
            <button type="button" onClick={() => secret.mutate("POST")}>
              {strings.rotate}
            </button>
            <Confirm label={strings.remove} question={strings.removeQuestion} onConfirm={() => remove.mutate()} />
          </div>
          {secrets.length > 0 && (
            <div role="status" className="once" aria-label={strings.secrets}>
              <ul className="plain">
                {secrets.map((one) => (
                  <li key={one}>
                    <code>{one}</code> <CopyButton text={one} />
                  </li>
                ))}
              </ul>
            </div>
          )}
          <h3>{strings.change}</h3>
          <form onSubmit={submitChange} className="narrow">
            <Field label={strings.endpoint.url} name="url" type="url" required defaultValue={endpoint.url} fault={faultAt(change.error, "/url")} />
            <Field label={strings.endpoint.description} name="description" defaultValue={endpoint.description} />
            <Field
              label={strings.endpoint.types}
              name="event_types"
              help={strings.endpoint.typesHelp}
              defaultValue={endpoint.event_types?.join(", ") ?? ""}
              fault={faultAt(change.error, "/event_types")}
            />
            <button type="submit">{strings.save}</button>
          </form>
          <h3>{strings.test}</h3>
          <form onSubmit={submitTest} className="row">
            <Field label={strings.columns.type} name="event_type" required defaultValue="order.created" fault={faultAt(test.error, "/event_type")} />
            <button type="submit">{strings.sendTest}</button>
          </form>
          <h3>{strings.replayTime}</h3>
          <form onSubmit={submitReplay} className="row">
            <Field label={strings.filters.from} name="from" help={strings.filters.moment} required fault={faultAt(replay.error, "/from")} />
            <Field label={strings.filters.to} name="to" required fault={faultAt(replay.error, "/to")} />
            <button type="submit">{strings.replay}</button>
          </form>
          {replay.data && <p role="status">{strings.replayed(replay.data.data.deliveries)}</p>}
        </>
      )}
    </>
  );
}
