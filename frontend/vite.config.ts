import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Pages and their parts go where the Python package serves them from, under `/assets/`. */
export default defineConfig({
  base: "/assets/",
  plugins: [react()],
  build: {
    outDir: "../src/crossdock/web/assets",
    emptyOutDir: true,
    assetsDir: "built",
    // An asset inside a style sheet would be a data: address, which the pages' policy allows for images only.
    assetsInlineLimit: 0,
    // The polyfill of module preloading is an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: {
        dashboard: "dashboard.html",
        link: "link.html",
        magic: "magic.html",
        reference: "reference.html",
      },
    },
  },
});
