/** Who is signed in. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { ask, Refusal, rememberCsrf } from "./api";

export type Role = "admin" | "developer" | "viewer";

export interface Session {
  user: { id: string; email: string; name: string; role: Role };
  organisation: { id: string; name: string };
  csrf_token: string;
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** The session of whoever looks at the page; only inside of `SessionProvider`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("no session here");
  return session;
}

/** Whether whoever is signed in may change things. */
export function useMayChange(): boolean {
  return useSession().user.role !== "viewer";
}

/** Asks the server who is signed in; `null` when nobody is. */
export function useWhoIsSignedIn() {
  return useQuery({ queryKey: ["session"], queryFn: whoIsSignedIn, staleTime: 60_000 });
}

async function whoIsSignedIn(): Promise<Session | null> {
  try {
    const session = await ask<Session>("GET", "/session");
    rememberCsrf(session.csrf_token);
    return session;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  }
}

/** Forgets everything that was loaded for the session before and asks anew who is signed in. */
export function useSessionChanged(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    rememberCsrf(null);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    await client.invalidateQueries({ queryKey: ["session"] });
  };
}
