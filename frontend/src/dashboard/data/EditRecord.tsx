/** A sandbox's own record as JSON that can be edited: what differs is sent, and causes the record's events. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { ask, askWhole, Refusal, type Fault } from "../../api";
import { Json } from "../../components/Json";
import { Problem } from "../../components/Problem";
import { strings as shell } from "../../strings/shell";
import { strings } from "../../strings/data";
import type { Connection } from "../connections/connection";
import { isObject, patched, patchOf, type Members } from "./mergePatch";

interface EditRecordProps {
  connection: Connection;
  resource: string;
  id: string;
}

export function EditRecord(props: EditRecordProps) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.own.edit}</summary>
      {open && <Editor {...props} />}
    </details>
  );
}

function Editor({ connection, resource, id }: EditRecordProps) {
  const of = connection.connection_id;
  const client = useQueryClient();
  const seen = useSeen(of, `${resource}/${encodeURIComponent(id)}`);
  const [typed, setTyped] = useState<string | null>(null);
  const door = `/sandbox/records/${connection.integration_type}/${resource.split("/").at(-1) ?? ""}/${encodeURIComponent(id)}`;
  const save = useMutation({
    mutationFn: ({ patch, etag }: { patch: Members; etag: string | null }) =>
      ask("PATCH", door, { body: patch, ...(etag === null ? {} : { headers: { "if-match": etag } }) }),
    onSuccess: async () => {
      await seen.refetch();
      setTyped(null);
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["record", of] }),
        client.invalidateQueries({ queryKey: ["paged"] }),
      ]),
  });
  if (seen.isError) return <Problem error={seen.error} retry={() => void seen.refetch()} />;
  if (seen.data === undefined) return <p role="status">{shell.shell.loading}</p>;
  const { own, etag } = seen.data;
  const text = typed ?? shown(own);
  const read = readObject(text);
  const patch = read.object === null ? {} : patchOf(own, read.object);
  const changed = Object.keys(patch);
  const seeAgain = async () => {
    const fresh = await seen.refetch();
    if (fresh.data !== undefined) setTyped(shown(patched(fresh.data.own, patch)));
    save.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ patch, etag });
      }}
    >
      <JsonText
        text={text}
        fault={read.fault}
        faults={save.error instanceof Refusal ? save.error.faults : []}
        onChange={setTyped}
      />
      <p className="quiet" role="status">
        {save.isSuccess && typed === null ? strings.own.saved : strings.own.changed(changed)}
      </p>
      <div className="row">
        <button type="submit" className="main" disabled={changed.length === 0 || save.isPending}>
          {save.isPending ? strings.own.saving : strings.own.save}
        </button>
        <button
          type="button"
          disabled={typed === null || save.isPending}
          onClick={() => {
            setTyped(null);
            save.reset();
          }}
        >
          {strings.own.undo}
        </button>
      </div>
      {save.isError && (!(save.error instanceof Refusal) || save.error.faults.length === 0) && (
        <Problem error={save.error} />
      )}
      {save.error instanceof Refusal && save.error.status === 412 && (
        <section aria-label={strings.own.conflict}>
          <h3>{strings.own.conflict}</h3>
          <Json label={strings.own.conflict} value={(save.error.body as { current?: unknown }).current} />
          <button type="button" disabled={read.object === null} onClick={() => void seeAgain()}>
            {strings.own.conflictSeen}
          </button>
        </section>
      )}
    </form>
  );
}

interface JsonTextProps {
  text: string;
  fault: string | null;
  faults: Fault[];
  onChange: (text: string) => void;
}

/** The text, and below it what is wrong: what is no JSON while it is typed, and what was refused, each at its place. */
function JsonText({ text, fault, faults, onChange }: JsonTextProps) {
  const field = useId();
  const wrong = fault !== null || faults.length > 0;
  return (
    <div className="field">
      <label htmlFor={field}>{strings.own.label}</label>
      <textarea
        id={field}
        className="code"
        rows={20}
        spellCheck={false}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong || undefined}
        aria-describedby={`${field}-help ${field}-faults`}
      />
      <p className="help" id={`${field}-help`}>
        {strings.own.help}
      </p>
      <div id={`${field}-faults`} aria-live="polite">
        {fault !== null && <p className="fault">{fault}</p>}
        {faults.length > 0 && (
          <ul className="fault" aria-label={strings.own.refused}>
            {faults.map((one, at) => (
              <li key={at}>
                <code>{one.pointer || "/"}</code> {one.message}
                {one.accepted !== undefined && <span className="quiet"> {strings.own.accepted(listed(one.accepted))}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function listed(accepted: unknown): string {
  const choices: unknown[] = Array.isArray(accepted) ? accepted : [accepted];
  return choices.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");
}

/** The record as the sandbox has it, with the entity tag that it was looked at by. */
function useSeen(connection: string, path: string) {
  return useQuery({
    queryKey: ["own record", connection, path],
    queryFn: async ({ signal }) => {
      // The tag comes first: a record that changes in between is then newer than its tag, and that is refused.
      const record = await askWhole("GET", path, { connection, signal });
      const raw = await ask<{ data: Members }>("GET", `${path}/raw`, { connection, signal });
      return { own: raw.data, etag: record.headers.get("etag") };
    },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
}

function shown(record: Members): string {
  return JSON.stringify(record, null, 2);
}

/** The object that a text is, or what is wrong with it and where. */
function readObject(text: string): { object: Members | null; fault: string | null } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { object: value, fault: null } : { object: null, fault: strings.own.notObject };
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    return { object: null, fault: strings.own.notJson(words, placeIn(text, words)) };
  }
}

/** Line and column of a fault. Browsers say them, or the position, or neither where the text ends too early. */
function placeIn(text: string, words: string): { line: number; column: number } {
  const told = /line (\d+) column (\d+)/.exec(words);
  if (told) return { line: Number(told[1]), column: Number(told[2]) };
  const before = text.slice(0, Number(/position (\d+)/.exec(words)?.[1] ?? text.length)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
