/** Trying a write: its form, the vendor's request before sending, what came back, and the same as a program. */
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { askWhole, Refusal } from "../../api";
import { Field } from "../../components/Field";
import { Json } from "../../components/Json";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings } from "../../strings/writes";
import type { Account } from "./account";
import type { Write } from "./document";
import { asFormData, asJson, bodyOf, emptyBody } from "./form/body";
import { stillStanding } from "./form/faults";
import { formShape } from "./form/formSchema";
import { Outcome, type Done } from "./Outcome";
import { useSeen } from "./seen";
import { newKeys } from "./sending";
import { Snippets } from "./Snippets";
import { sendableOf } from "./snippets";
import { WriteForm } from "./WriteForm";

export interface TryItProps {
  account: Account;
  write: Write;
  /** The id of a record that is to be changed as it is now. */
  editing: string | null;
}

export default function TryIt({ account, write, editing }: TryItProps) {
  const shape = useMemo(() => formShape(write), [write]);
  const [inForm, setInForm] = useState<unknown>(() => emptyBody(shape.schema));
  const [record, setRecord] = useState(editing ?? "");
  const seen = useSeen(account, write, editing);
  const [keys] = useState(newKeys);
  const mayChange = useMayChange();
  const body = bodyOf(shape.schema, inForm);
  const path = write.parameter === null ? write.path : write.path.replace(`{${write.parameter}}`, encodeURIComponent(record));
  const intended = JSON.stringify([path, asJson(body)]);
  const ifSeen: Record<string, string> = seen.etag !== null && record === editing ? { "if-match": seen.etag } : {};
  const sent = useMutation({
    mutationFn: ({ preview, sending }: { preview: boolean; sending: Sending }) =>
      askWhole<Done>(write.method, path, {
        connection: account.connection ?? "",
        headers: preview ? { "x-dry-run": "true" } : { "idempotency-key": keys.send(sending.intended), ...ifSeen },
        ...(write.body === null ? {} : { body: write.takesFile ? asFormData(sending.body) : sending.body }),
      }),
    onSuccess: (_, { preview, sending }) => {
      if (preview) return;
      keys.settle(sending.intended);
      seen.again();
    },
  });
  const told = sent.error instanceof Refusal ? stillStanding(sent.error.faults, sent.variables?.sending.body, body) : [];
  const able = account.connection !== null && mayChange && !sent.isPending && (write.parameter === null || record !== "");
  const go = (preview: boolean) => sent.mutate({ preview, sending: { intended, body } });
  return (
    <section className="trying" aria-labelledby="try">
      <div>
        <h2 id="try">{strings.form}</h2>
        {write.parameter !== null && (
          <Field
            label={strings.recordId(write.parameter)}
            value={record}
            onChange={(event) => setRecord(event.target.value)}
            required
          />
        )}
        {write.body !== null && <WriteForm {...{ write, shape, inForm, told }} onChange={setInForm} />}
      </div>
      <div className="beside">
        {account.connection === null && <p className="quiet">{strings.needsAccount}</p>}
        {!mayChange && <p className="quiet">{strings.viewer}</p>}
        <div className="row">
          <button type="button" disabled={!able} onClick={() => go(true)}>
            {strings.preview}
          </button>
          <button type="button" className="main" disabled={!able} onClick={() => go(false)}>
            {sent.isPending ? strings.sending : strings.send}
          </button>
        </div>
        {sent.isError && <Problem error={sent.error} />}
        {sent.error instanceof Refusal && sent.error.status === 412 && (
          <Conflict
            current={(sent.error.body as { current?: unknown }).current}
            onSeen={() => {
              seen.again();
              sent.reset();
            }}
          />
        )}
        {sent.isError && !(sent.error instanceof Refusal) && !sent.variables.preview && (
          <p role="status">{strings.unknownOutcome}</p>
        )}
        {sent.data && (
          <Outcome
            done={sent.data.data}
            requestId={sent.data.requestId}
            replayed={sent.data.headers.get("idempotent-replayed") === "true"}
          />
        )}
        <Snippets sendable={sendableOf(write, window.location.origin + path, body, keys.of(intended))} />
      </div>
    </section>
  );
}

/** What somebody else made of the record meanwhile. */
function Conflict({ current, onSeen }: { current: unknown; onSeen: () => void }) {
  return (
    <section aria-label={strings.conflict}>
      <h3>{strings.conflict}</h3>
      <Json label={strings.conflict} value={current} />
      <button type="button" onClick={onSeen}>
        {strings.conflictSeen}
      </button>
    </section>
  );
}

interface Sending {
  intended: string;
  body: unknown;
}
