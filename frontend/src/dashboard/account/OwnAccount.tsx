/** One's own account. */
import { useMutation } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { ask, faultAt } from "../../api";
import { Field } from "../../components/Field";
import { Problem } from "../../components/Problem";
import { useSession } from "../../session";
import { strings } from "../../strings/account";
import { texts } from "../SignIn";

export default function OwnAccount() {
  const { user, organisation } = useSession();
  const changed = useMutation({
    mutationFn: (body: Record<string, string>) => ask("POST", "/session/password", { body }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    changed.mutate(texts(event.currentTarget));
    event.currentTarget.reset();
  };
  return (
    <>
      <h1>{strings.title}</h1>
      <p>{strings.who(user.name, user.email, user.role, organisation.name)}</p>
      <h2>{strings.password}</h2>
      <form onSubmit={submit} className="narrow">
        <Field
          label={strings.current}
          name="current_password"
          type="password"
          autoComplete="current-password"
          required
          fault={faultAt(changed.error, "/current_password")}
        />
        <Field
          label={strings.new}
          name="new_password"
          type="password"
          autoComplete="new-password"
          required
          fault={faultAt(changed.error, "/new_password")}
        />
        {changed.isError && <Problem error={changed.error} />}
        {changed.isSuccess && <p role="status">{strings.done}</p>}
        <button type="submit" disabled={changed.isPending}>
          {strings.change}
        </button>
      </form>
    </>
  );
}
