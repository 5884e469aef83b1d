/** The frame of every page: sign-in before it, navigation beside it. */
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, NavLink, Route, Routes, useLocation } from "react-router";
import { ask } from "../api";
import { Part } from "../components/Part";
import { Problem } from "../components/Problem";
import { SessionProvider, useSession, useSessionChanged, useWhoIsSignedIn } from "../session";
import { strings } from "../strings/shell";
import { FirstStart } from "./FirstStart";
import { Invitation } from "./Invitation";
import { pages } from "./pages";
import { SignIn } from "./SignIn";

export function Dashboard() {
  const session = useWhoIsSignedIn();
  const { pathname } = useLocation();
  if (pathname === "/first-start" && !session.data) return <FirstStart />;
  if (pathname === "/invitation") return <Invitation />;
  if (session.isPending) return <p role="status">{strings.shell.loading}</p>;
  if (session.isError) return <Problem error={session.error} retry={() => void session.refetch()} />;
  if (session.data === null) return <SignIn />;
  return (
    <SessionProvider value={session.data}>
      <Shell />
    </SessionProvider>
  );
}

function Shell() {
  const { user } = useSession();
  const changed = useSessionChanged();
  const named = pages.filter((page) => page.roles.includes(user.role));
  const signOut = useMutation({ mutationFn: () => ask("DELETE", "/session"), onSuccess: changed });
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {strings.shell.skip}
      </a>
      <header>
        <strong className="brand">
          <img src="/assets/crossdock.svg" alt="" />
          {strings.product}
        </strong>
        <nav aria-label={strings.shell.navigation}>
          <ul>
            {named.map((page) => (
              <li key={page.path}>
                <NavLink to={`/${page.path}`}>{page.title}</NavLink>
              </li>
            ))}
            <li>
              <a href="/reference">{strings.shell.reference}</a>
            </li>
          </ul>
        </nav>
        <div className="who">
          <p>{strings.shell.signedInAs(user.name, user.role)}</p>
          <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
            {strings.shell.signOut}
          </button>
          {signOut.isError && <Problem error={signOut.error} />}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <Routes>
          {pages.map((page) => (
            <Route
              key={page.path}
              path={`/${page.path}/*`}
              element={
                <Titled title={page.title}>
                  <Part of={page} />
                </Titled>
              }
            />
          ))}
          <Route path="/" element={<Navigate to={`/${named[0]?.path ?? ""}`} replace />} />
          <Route path="/first-start" element={<Navigate to="/" replace />} />
          <Route path="*" element={<h1>{strings.shell.notFound}</h1>} />
        </Routes>
      </main>
    </div>
  );
}

function Titled({ title, children }: { title: string; children: React.ReactNode }) {
  useEffect(() => {
    document.title = `${title} - ${strings.product}`;
  }, [title]);
  return children;
}
