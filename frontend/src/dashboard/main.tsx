/** The dashboard's beginning: who is signed in decides what is shown. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { Refusal } from "../api";
import { partQuery } from "../components/Part";
import "../style.css";
import { Dashboard } from "./Dashboard";
import { pages, type Page } from "./pages";

const BASE = "/dashboard";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one; a server that restarts comes back.
      retry: (failures, error) => !(error instanceof Refusal && error.status < 500) && failures < 6,
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
      networkMode: "always",
      // What two parts of a page ask for is asked once, also when the second comes a moment later.
      staleTime: 1_000,
    },
    mutations: { networkMode: "always" },
  },
});

const page = pages.find(({ path }) => window.location.pathname.startsWith(`${BASE}/${path}`));
// What fails is asked for again where it is shown, and told there.
if (page) begin(page).catch(() => undefined);

/** Loads the page that the address names, and its first data, while the session is asked for. */
async function begin(page: Page): Promise<void> {
  const { prefetch } = await client.fetchQuery(partQuery(page));
  await prefetch?.(client, new URLSearchParams(window.location.search));
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <BrowserRouter basename={BASE}>
        <Dashboard />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
