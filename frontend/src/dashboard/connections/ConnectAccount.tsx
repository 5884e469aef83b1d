/** Connecting an account, or one anew, by the dialog that other sites embed too. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "../../api";
import { Problem } from "../../components/Problem";
import { openDialog } from "../../link/opener";

export function ConnectAccount({ label, connection }: { label: string; connection?: string }) {
  const client = useQueryClient();
  const connected = useMutation({
    mutationFn: async () => {
      const body = connection === undefined ? {} : { connection_id: connection };
      const { link_token: token } = await ask<{ link_token: string }>("POST", "/link/token", { body });
      const code = await openDialog({ origin: window.location.origin, token, options: {} });
      // Whoever is signed in needs no access token; the code is used up so that nobody else can.
      if (code !== null) await ask("POST", "/link/exchange", { body: { auth_code: code.authCode } });
    },
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <>
      <button type="button" className="main" disabled={connected.isPending} onClick={() => connected.mutate()}>
        {label}
      </button>
      {connected.isError && <Problem error={connected.error} />}
    </>
  );
}
