/** Making the first admin, with the code that the server printed. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, type SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { ask, faultAt } from "../api";
import { useCodeInAddress } from "../codeInAddress";
import { Field } from "../components/Field";
import { Problem } from "../components/Problem";
import { useSessionChanged } from "../session";
import { strings } from "../strings/shell";
import { texts } from "./SignIn";

export function FirstStart() {
  const code = useCodeInAddress();
  const changed = useSessionChanged();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: (body: Record<string, string>) => ask("POST", "/first-start", { body }),
    onSuccess: async () => {
      await changed();
      await navigate("/");
    },
  });
  useEffect(() => {
    document.title = `${strings.firstStart.title} - ${strings.product}`;
  }, []);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start.mutate(texts(event.currentTarget));
  };
  const fault = (name: string) => faultAt(start.error, `/${name}`);
  const said = strings.firstStart;
  return (
    <main className="alone">
      <h1>{said.title}</h1>
      <p>{said.introduction}</p>
      <form onSubmit={submit}>
        <Field label={said.code} name="code" defaultValue={code} autoComplete="off" required fault={fault("code")} />
        <Field label={said.organisation} name="organisation" required fault={fault("organisation")} />
        <Field label={said.name} name="name" autoComplete="name" required fault={fault("name")} />
        <Field
          label={said.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          fault={fault("email")}
        />
        <Field
          label={said.password}
          name="password"
          type="password"
          autoComplete="new-password"
          help={said.passwordHelp}
          required
          fault={fault("password")}
        />
        {start.isError && <Problem error={start.error} />}
        <button type="submit" disabled={start.isPending}>
          {said.submit}
        </button>
      </form>
    </main>
  );
}
