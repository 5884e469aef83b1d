/** Choosing a password with the code of an invitation. */
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

export function Invitation() {
  const code = useCodeInAddress();
  const changed = useSessionChanged();
  const navigate = useNavigate();
  const take = useMutation({
    mutationFn: (body: Record<string, string>) => ask("POST", "/invitation", { body }),
    onSuccess: async () => {
      await changed();
      await navigate("/");
    },
  });
  const said = strings.invitation;
  useEffect(() => {
    document.title = `${said.title} - ${strings.product}`;
  }, [said.title]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    take.mutate(texts(event.currentTarget));
  };
  return (
    <main className="alone">
      <h1>{said.title}</h1>
      <p>{said.introduction}</p>
      <form onSubmit={submit}>
        <Field
          label={said.code}
          name="code"
          defaultValue={code}
          autoComplete="off"
          required
          fault={faultAt(take.error, "/code")}
        />
        <Field
          label={said.password}
          name="password"
          type="password"
          autoComplete="new-password"
          help={said.passwordHelp}
          required
          fault={faultAt(take.error, "/password")}
        />
        {take.isError && <Problem error={take.error} />}
        <button type="submit" disabled={take.isPending}>
          {said.submit}
        </button>
      </form>
    </main>
  );
}
