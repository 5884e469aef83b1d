/** Reading one list over a window of time, on demand. */
import { useMutation, useQueries } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { ask, faultAt } from "../../api";
import { Field } from "../../components/Field";
import { Problem } from "../../components/Problem";
import { strings } from "../../strings/connections";
import { texts } from "../SignIn";
import type { Connection } from "./connection";
import { useChange } from "./OneConnection";

interface Job {
  id: string;
  function_name: string;
  status: string;
}

export function Jobs({ connection }: { connection: Connection }) {
  const id = connection.connection_id;
  const [begun, setBegun] = useState<string[]>([]);
  const cancel = useChange(id);
  const begin = useMutation({
    mutationFn: (body: Record<string, string>) =>
      ask<Job>("POST", "/connections/on-demand-syncs", { connection: id, body }),
    onSuccess: (job) => setBegun((before) => [job.id, ...before]),
  });
  const jobs = useQueries({
    queries: begun.map((job) => ({
      queryKey: ["job", job],
      queryFn: () => ask<Job>("GET", `/connections/on-demand-syncs/${job}`, { connection: id }),
      refetchInterval: 2_000,
    })),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = texts(event.currentTarget);
    begin.mutate({
      function_name: given.function_name ?? "",
      start_time: utc(given.start_time),
      end_time: utc(given.end_time),
    });
  };
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">{strings.jobs.title}</h2>
      <form className="row" onSubmit={submit}>
        <div className="field">
          <label htmlFor="job-list">{strings.lists.list}</label>
          <select id="job-list" name="function_name">
            {connection.sync_schedules.map((one) => (
              <option key={one.function_name}>{one.function_name}</option>
            ))}
          </select>
        </div>
        <Field
          label={strings.jobs.from}
          name="start_time"
          type="datetime-local"
          required
          fault={faultAt(begin.error, "/start_time")}
        />
        <Field
          label={strings.jobs.to}
          name="end_time"
          type="datetime-local"
          required
          fault={faultAt(begin.error, "/end_time")}
        />
        <button type="submit" disabled={begin.isPending}>
          {strings.jobs.begin}
        </button>
      </form>
      {begin.isError && <Problem error={begin.error} />}
      {cancel.isError && <Problem error={cancel.error} />}
      <ul>
        {jobs.flatMap(({ data: job }) =>
          job === undefined
            ? []
            : [
                <li key={job.id}>
                  <code>{job.function_name}</code> {job.status}{" "}
                  {job.status === "open" && (
                    <button
                      type="button"
                      onClick={() =>
                        cancel.mutate({ method: "POST", path: `/connections/on-demand-syncs/${job.id}/cancel` })
                      }
                    >
                      {strings.jobs.cancel}
                    </button>
                  )}
                </li>,
              ],
        )}
      </ul>
    </section>
  );
}

/** A local time of a form, in UTC as the API wants it. */
function utc(local: string | undefined): string {
  const moment = new Date(local ?? "");
  return Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
}
