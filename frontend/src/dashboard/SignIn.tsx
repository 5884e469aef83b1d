/** Signing in with e-mail and password. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, type SubmitEvent } from "react";
import { ask } from "../api";
import { Field } from "../components/Field";
import { Problem } from "../components/Problem";
import { useSessionChanged } from "../session";
import { strings } from "../strings/shell";

export function SignIn() {
  const changed = useSessionChanged();
  const signIn = useMutation({
    mutationFn: (body: Record<string, string>) => ask("POST", "/session", { body }),
    onSuccess: changed,
  });
  useEffect(() => {
    document.title = `${strings.signIn.title} - ${strings.product}`;
  }, []);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    signIn.mutate(texts(event.currentTarget));
  };
  return (
    <main className="alone">
      <h1>{strings.signIn.title}</h1>
      <form onSubmit={submit}>
        <Field label={strings.signIn.email} name="email" type="email" autoComplete="username" required />
        <Field
          label={strings.signIn.password}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        {signIn.isError && <Problem error={signIn.error} />}
        <button type="submit" disabled={signIn.isPending}>
          {strings.signIn.submit}
        </button>
      </form>
    </main>
  );
}

/** The texts of a form by the names of its fields. */
export function texts(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
