/** The form of a write: faults while typing, the vendor's request before sending, and what came back. */
import Form from "@rjsf/core/lib/components/Form.js";
import type { RJSFSchema } from "@rjsf/utils";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { askWhole, Refusal } from "../../api";
import { Field } from "../../components/Field";
import { Json } from "../../components/Json";
import { Problem } from "../../components/Problem";
import { useMayChange } from "../../session";
import { strings } from "../../strings/writes";
import type { Account } from "./account";
import { formSchema, type Write } from "./document";
import { checkOf } from "./faults";
import { useSeen } from "./seen";
import { templates, widgets } from "./formParts";
import { Snippets } from "./Snippets";
import { errorSchemaOf, validatorFor } from "./validator";
import { VendorCalls } from "./VendorCalls";

interface Done {
  id?: string;
  data?: unknown;
  vendor_request?: unknown;
  dry_run?: boolean;
}

interface TryItProps {
  account: Account;
  write: Write;
  /** The id of a record that is to be changed as it is now. */
  editing: string | null;
}

export function TryIt({ account, write, editing }: TryItProps) {
  const [body, setBody] = useState<unknown>({});
  const [record, setRecord] = useState(editing ?? "");
  const seen = useSeen(account, write, editing);
  // One for each thing that is meant to be sent: sending again after a lost answer writes nothing twice.
  const [sending, setSending] = useState(() => crypto.randomUUID());
  const mayChange = useMayChange();
  const check = useMemo(() => checkOf(write), [write]);
  const validator = useMemo(() => validatorFor(check), [check]);
  const schema = useMemo(() => formSchema(write) as RJSFSchema, [write]);
  const path = write.parameter === null ? write.path : write.path.replace(`{${write.parameter}}`, encodeURIComponent(record));
  const takesFile = write.contentType === "multipart/form-data";
  const sent = useMutation({
    mutationFn: ({ preview }: { preview: boolean }) =>
      askWhole<Done>(write.method, path, {
        connection: account.connection ?? "",
        headers: preview
          ? { "x-dry-run": "true" }
          : { "idempotency-key": sending, ...(seen.etag !== null && record === editing ? { "if-match": seen.etag } : {}) },
        ...(write.body === null ? {} : { body }),
      }),
    onSuccess: (_, { preview }) => {
      if (!preview) {
        setSending(crypto.randomUUID());
        seen.again();
      }
    },
  });
  const told = sent.error instanceof Refusal ? errorSchemaOf(sent.error.faults) : undefined;
  const able = account.connection !== null && mayChange && !sent.isPending && (write.parameter === null || record !== "");
  const change = (value: unknown) => {
    setBody(value);
    if (sent.isError) sent.reset();
  };
  if (takesFile) return <p>{strings.fileHint}</p>;
  return (
    <section aria-labelledby="try">
      <h2 id="try">{strings.form}</h2>
      {write.parameter !== null && (
        <Field
          label={strings.recordId(write.parameter)}
          value={record}
          onChange={(event) => setRecord(event.target.value)}
          required
        />
      )}
      {write.body !== null && (
        <Form
          schema={schema}
          validator={validator}
          formData={body}
          liveValidate="onChange"
          showErrorList={false}
          noHtml5Validate
          tagName="div"
          templates={templates}
          widgets={widgets}
          uiSchema={{ "ui:title": " ", "ui:options": { copyable: false } }}
          {...(told === undefined ? {} : { extraErrors: told })}
          onChange={({ formData }) => change(formData)}
        />
      )}
      {account.connection === null && <p className="quiet">{strings.needsAccount}</p>}
      {!mayChange && <p className="quiet">{strings.viewer}</p>}
      <div className="row">
        <button type="button" disabled={!able} onClick={() => sent.mutate({ preview: true })}>
          {strings.preview}
        </button>
        <button type="button" className="main" disabled={!able} onClick={() => sent.mutate({ preview: false })}>
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
      {sent.isError && !(sent.error instanceof Refusal) && <p role="status">{strings.unknownOutcome}</p>}
      {sent.data && <Outcome done={sent.data.data} requestId={sent.data.requestId} />}
      <Snippets
        sendable={{
          method: write.method,
          url: window.location.origin + path,
          body: write.body === null ? undefined : body,
          idempotencyKey: sending,
        }}
      />
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

function Outcome({ done, requestId }: { done: Done; requestId: string | null }) {
  if (done.dry_run) {
    return (
      <section aria-labelledby="outcome">
        <h3 id="outcome">{strings.previewed}</h3>
        <Json label={strings.previewed} value={done.vendor_request} />
      </section>
    );
  }
  return (
    <section aria-labelledby="outcome">
      <h3 id="outcome" role="status">
        {strings.sent(String(done.id))}
      </h3>
      <Json label={strings.record} value={done.data} />
      {requestId !== null && <VendorCalls requestId={requestId} />}
    </section>
  );
}
