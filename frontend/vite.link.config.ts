import { defineConfig } from "vite";

/** The script that other sites load, which is one file under one name. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/crossdock/web/assets",
    emptyOutDir: false,
    lib: { entry: "src/link/main.ts", formats: ["iife"], name: "CrossdockLink", fileName: () => "link.js" },
  },
});
